"use strict";
(() => {
  const NS = "http://www.w3.org/2000/svg", W = 1000;
  const hint = "Point at the picture for values (arrow keys too); drag to zoom, Escape or double-click to see all again.";
  const make = (name, attributes) => {
    const e = document.createElementNS(NS, name);
    for (const k in attributes) e.setAttribute(k, attributes[k]);
    return e;
  };
  const percent = v => (100 * v).toFixed(2) + "%";
  const shown = v => v === 0 ? "0" : Math.abs(v) >= 1e5 || Math.abs(v) < 1e-3 ? v.toExponential(2) : String(Number(v.toPrecision(4)));
  const parse = d => (d.match(/-?[\d.]+ -?[\d.]+/g) || []).map(p => p.split(" ").map(Number));
  const nice = (low, high, count) => {
    const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(n => n * power).find(s => s >= rough * 0.999999);
    const found = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9 && found.length < 20; k++) found.push(Number((k * step).toPrecision(12)));
    return found;
  };
  const powers = (low, high) => {
    const found = [];
    for (let p = Math.floor(Math.log10(low)); p <= Math.ceil(Math.log10(high)); p++)
      for (const n of [1, 2, 5]) if (n * 10 ** p >= low && n * 10 ** p <= high) found.push(n * 10 ** p);
    return found.length > 8 ? found.filter(v => Math.abs(Math.log10(v) % 1) < 1e-9) : found;
  };

  function chart(figure) {
    const svg = figure.querySelector(".drawing"), plot = svg.querySelector(".plot"), set = svg.dataset;
    const [x0, x1] = set.x.split(" ").map(Number), [y0, y1] = set.y.split(" ").map(Number);
    const log = "log" in set, whole = "whole" in set, box = Number(set.box);
    const xOf = share => x0 + share * (x1 - x0);
    const yOf = px => log ? Math.exp(Math.log(y1) + (Math.log(y0) - Math.log(y1)) * px / box) : y1 + (y0 - y1) * px / box;
    const traces = [...plot.querySelectorAll(".trace")].map(g => {
      const paths = [...g.children], kind = end => paths.find(p => p.classList[0].endsWith(end));
      const raw = kind("-raw"), extent = kind("-extent"), line = paths[paths.length - 1];
      return {name: g.dataset.name, points: line ? parse((raw || line).getAttribute("d")) : [], all: paths.flatMap(p => parse(p.getAttribute("d"))), extent: Boolean(extent)};
    });
    const stops = [...new Set(traces.flatMap(t => t.points.map(p => p[0])))].sort((a, b) => a - b);
    if (!stops.length) return;
    const out = document.createElement("output");
    out.className = "values";
    if (!figure.classList.contains("small")) out.textContent = hint;
    figure.append(out);
    svg.setAttribute("tabindex", "0");
    const cursor = make("line", {class: "cursor", y1: 0, y2: box, visibility: "hidden"});
    const select = make("rect", {class: "select", y: 0, height: box, visibility: "hidden"});
    svg.append(select, cursor);
    const grid = svg.querySelector(".grid"), over = svg.querySelector(".over");
    const fixed = [...grid.querySelectorAll("rect"), ...over.querySelectorAll("text,line,circle,rect")].filter(e => !(e.tagName === "text" && e.getAttribute("x") === "0%" && e.getAttribute("dx")) && !e.classList.contains("i-tick"))
      .map(e => ({e, at: ["x", "x1", "x2", "cx"].filter(a => e.hasAttribute(a)).map(a => [a, parseFloat(e.getAttribute(a)) / 100]), width: parseFloat(e.getAttribute("width")) / 100, cy: e.getAttribute("cy")}));
    const ticks = [...grid.querySelectorAll("line"), ...over.querySelectorAll(".i-tick")];
    let view = [0, 1], fresh = null, at = null, from = null;

    const zoom = (a, b) => {
      view = [a, b];
      const all = a <= 0 && b >= 1;
      const ys = traces.flatMap(t => t.all.filter(p => p[0] >= a * W && p[0] <= b * W).map(p => p[1]));
      let top = 0, bottom = box;
      if (!all && ys.length) {
        top = Math.min(...ys); bottom = Math.max(...ys);
        const room = Math.max(0.05 * (bottom - top), 0.5);
        top = Math.max(0, top - room); bottom = Math.min(box, bottom + room);
      }
      plot.setAttribute("viewBox", `${a * W} ${top} ${(b - a) * W} ${bottom - top}`);
      const sx = v => (v - a) / (b - a), sy = px => (px - top) / (bottom - top) * box;
      for (const {e, at, width, cy} of fixed) {
        let inside = true;
        for (const [name, v] of at) {
          if (name === "x" && width) {
            const l = Math.max(0, sx(v)), r = Math.min(1, sx(v + width));
            inside = r > l;
            if (inside) { e.setAttribute("x", percent(l)); e.setAttribute("width", percent(r - l)); }
          } else { e.setAttribute(name, percent(sx(v))); inside = inside && sx(v) >= 0 && sx(v) <= 1; }
        }
        if (cy !== null) { const y = sy(Number(cy)); e.setAttribute("cy", y); inside = inside && y >= 0 && y <= box; }
        e.setAttribute("visibility", inside ? "visible" : "hidden");
      }
      for (const t of ticks) t.setAttribute("visibility", all ? "visible" : "hidden");
      if (fresh) fresh.remove();
      fresh = null;
      if (all) return;
      fresh = make("g", {});
      const low = yOf(bottom), high = yOf(top);
      let ys2 = log ? powers(low, high) : [];
      if (ys2.length < 2) ys2 = nice(low, high, 4);
      for (const v of ys2) {
        const y = sy(log ? (Math.log(y1) - Math.log(v)) / (Math.log(y1) - Math.log(y0)) * box : (y1 - v) / (y1 - y0) * box);
        const t = make("text", {x: 0, dx: -8, y: y + 4, "text-anchor": "end", class: "i-tick"});
        t.textContent = shown(v);
        fresh.append(make("line", {x1: 0, x2: "100%", y1: y, y2: y, class: "i-grid"}), t);
      }
      for (const v of nice(xOf(a), xOf(b), 5)) {
        if (whole && v % 1) continue;
        const t = make("text", {x: percent(sx((v - x0) / (x1 - x0))), y: box + 16, "text-anchor": "middle", class: "i-tick"});
        t.textContent = shown(v);
        fresh.append(t);
      }
      svg.insertBefore(fresh, plot);
    };

    const read = stop => {
      at = stop;
      const share = (stops[stop] / W - view[0]) / (view[1] - view[0]);
      if (share < -1e-6 || share > 1 + 1e-6) return;
      for (const a of ["x1", "x2"]) cursor.setAttribute(a, percent(share));
      cursor.setAttribute("visibility", "visible");
      const x = xOf(stops[stop] / W);
      out.textContent = `${set.axis} ${whole ? Math.round(x) : shown(x)}`;
      for (const t of traces) {
        const near = t.points.reduce((best, p) => Math.abs(p[0] - stops[stop]) < Math.abs(best[0] - stops[stop]) ? p : best, t.points[0] || [Infinity, 0]);
        if (Math.abs(near[0] - stops[stop]) > W / 60) continue;
        const b = document.createElement("b");
        b.textContent = shown(yOf(near[1]));
        out.append(` · ${t.name} `, b, t.extent ? " (smoothed)" : "");
      }
    };
    const shareOf = event => {
      const r = plot.getBoundingClientRect(), s = svg.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - s.left) / (s.width || r.width)));
    };
    const nearest = share => {
      const x = (view[0] + share * (view[1] - view[0])) * W;
      return stops.reduce((best, s, i) => Math.abs(s - x) < Math.abs(stops[best] - x) ? i : best, 0);
    };
    const reset = () => zoom(0, 1);
    svg.addEventListener("pointermove", event => {
      const share = shareOf(event);
      read(nearest(share));
      if (from === null) return;
      const [l, r] = [Math.min(from, share), Math.max(from, share)];
      select.setAttribute("x", percent(l)); select.setAttribute("width", percent(r - l));
      select.setAttribute("visibility", "visible");
    });
    svg.addEventListener("pointerdown", event => {
      if (event.pointerType === "touch" || event.button) return;
      from = shareOf(event);
      svg.setPointerCapture(event.pointerId);
      event.preventDefault();
      svg.focus({preventScroll: true, focusVisible: false});
    });
    svg.addEventListener("pointerup", event => {
      const to = shareOf(event), start = from;
      from = null;
      select.setAttribute("visibility", "hidden");
      if (start === null || Math.abs(to - start) < 0.02) return;
      const width = view[1] - view[0];
      zoom(view[0] + Math.min(start, to) * width, view[0] + Math.max(start, to) * width);
    });
    svg.addEventListener("pointerleave", () => cursor.setAttribute("visibility", "hidden"));
    svg.addEventListener("dblclick", reset);
    svg.addEventListener("keydown", event => {
      const width = view[1] - view[0], place = at === null ? nearest(0.5) : at, middle = stops[place] / W;
      const moves = {ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10, Home: -stops.length, End: stops.length};
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in moves) read(Math.min(stops.length - 1, Math.max(0, place + (at === null && event.key.startsWith("Arrow") ? 0 : moves[event.key]))));
      else if (event.key === "+") zoom(Math.max(0, middle - width / 4), Math.min(1, middle + width / 4));
      else if (event.key === "-") zoom(Math.max(0, middle - width), Math.min(1, middle + width));
      else if (event.key === "Escape") reset();
      else return;
      event.preventDefault();
    });
  }
  document.querySelectorAll("figure.chart").forEach(chart);

  const table = document.querySelector("table.runs");
  if (table && table.tBodies[0].rows.length > 8) {
    const input = document.createElement("input");
    input.className = "filter";
    input.type = "search";
    input.placeholder = "Show only rows with …";
    input.setAttribute("aria-label", "Show only rows with");
    input.addEventListener("input", () => {
      for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.toLowerCase().includes(input.value.toLowerCase());
    });
    table.parentElement.before(input);
  }
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  };
  addEventListener("hashchange", open);
  open();
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(d => { d.open = true; }));
})();
