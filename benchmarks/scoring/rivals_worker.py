"""Runs inside the interpreter that has a rival installed: paths as JSON in, findings as JSON out."""

import json
import sys


def runmedic(path):
    from runmedic import loaders, roles
    from runmedic.checks import run_checks

    found = [f for run in loaders.load(path) for f in run_checks(run, roles.detect(run))]
    return [{"id": f.id, "severity": f.severity} for f in found]


def trainspotter(path):
    from trainspotter import load_run, run_all

    run = load_run(path)
    if not run.metric_names():
        raise ValueError("no numeric metrics found")
    return [{"id": f.detector, "severity": f.severity} for f in run_all(run)]


def answer(name, path):
    try:
        return {"findings": globals()[name](path), "failure": ""}
    except (Exception, SystemExit) as error:
        return {"findings": [], "failure": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    print(json.dumps([answer(sys.argv[1], path) for path in json.load(sys.stdin)]))
