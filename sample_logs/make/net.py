"""A small fully connected network in numpy: forward, backward, SGD with momentum and Adam."""

from __future__ import annotations

import numpy as np


class Net:
    """Layers of sizes ``sizes``; ``gain`` scales all initial weights, ``last_gain`` those of the last layer."""

    def __init__(self, sizes, rng, activation="relu", gain=1.0, last_gain=1.0, dropout=0.0, bias=0.0, half=False):
        self.w = [rng.normal(size=(a, b)) * gain * np.sqrt(2 / a) for a, b in zip(sizes[:-1], sizes[1:])]
        self.w[-1] *= last_gain
        self.b = [np.full(b, bias if i < len(sizes) - 2 else 0.0) for i, b in enumerate(sizes[1:])]
        self.activation, self.dropout, self.rng, self.half = activation, dropout, rng, half

    def take(self, other):
        """Start from the weights of another net of the same shape."""
        for mine, theirs in zip(self.parameters, other.parameters):
            mine[...] = theirs

    def layer(self, h, w, b):
        """One affine map; in half precision sums overflow at 65504, as on hardware."""
        if self.half:
            with np.errstate(all="ignore"):
                return (h.astype(np.float16) @ w.astype(np.float16) + b.astype(np.float16)).astype(float)
        return h @ w + b

    def forward(self, x, training):
        self.kept = [x]
        for w, b in zip(self.w[:-1], self.b[:-1]):
            z = self.layer(self.kept[-1], w, b)
            h = {
                "relu": lambda: np.maximum(z, 0),
                "tanh": lambda: np.tanh(z),
                "linear": lambda: z,
                "sigmoid": lambda: 1 / (1 + np.exp(-z)),
            }[self.activation]()
            if training and self.dropout:
                h = h * (self.rng.random(h.shape) > self.dropout) / (1 - self.dropout)
            self.kept.append(h)
        return self.layer(self.kept[-1], self.w[-1], self.b[-1])

    def backward(self, grad):
        grads = []
        for i in reversed(range(len(self.w))):
            grads += [grad.sum(0), self.kept[i].T @ grad]
            if i:
                grad = grad @ self.w[i].T
                h = self.kept[i]
                grad = grad * {"relu": h > 0, "tanh": 1 - h**2, "linear": 1.0, "sigmoid": h * (1 - h)}[self.activation]
        return grads[::-1]

    @property
    def parameters(self):
        return [p for pair in zip(self.w, self.b) for p in pair]


def cross_entropy(logits, y, smoothing=0.0, naive=False):
    """(mean loss, gradient, accuracy). ``naive`` takes log(softmax) literally, so that it can be log(0)."""
    with np.errstate(all="ignore"):
        z = logits if naive else logits - logits.max(1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
        target = np.eye(logits.shape[1])[y] * (1 - smoothing) + smoothing / logits.shape[1]
        logp = np.log(p) if naive else z - np.log(np.exp(z).sum(1, keepdims=True))
        loss = -(target * logp).sum(1).mean()
    return float(loss), (p - target) / len(y), float((logits.argmax(1) == y).mean())


def squared_error(out, y, scale=1.0):
    """(mean squared error, gradient, R²) of outputs against targets, times ``scale``."""
    diff = out - y
    return float(scale * (diff**2).mean()), 2 * scale * diff / len(y), float(1 - (diff**2).mean() / (y.var() + 1e-12))


def gaussian_nll(out, y):
    """(mean negative log-density, gradient, R²) of a Gaussian whose mean and log-deviation the net gives."""
    mean, log_std = out[:, :1], np.clip(out[:, 1:], -6, 6)
    z = (y - mean) * np.exp(-log_std)
    grad = np.concatenate([-z * np.exp(-log_std), 1 - z**2], axis=1) / len(y)
    return float((0.5 * z**2 + log_std).mean()), grad, float(1 - ((y - mean) ** 2).mean() / y.var())


class Optimiser:
    """SGD with momentum, or Adam; ``clip`` limits the global norm of the gradient."""

    def __init__(self, parameters, kind="sgd", momentum=0.0, decay=0.0, clip=None, beta2=0.999, eps=1e-8):
        self.parameters, self.kind, self.momentum, self.decay = parameters, kind, momentum, decay
        self.clip, self.beta2, self.eps, self.t = clip, beta2, eps, 0
        self.m = [np.zeros_like(p) for p in parameters]
        self.v = [np.zeros_like(p) for p in parameters]

    @property
    def state(self):
        """What a checkpoint keeps of an optimiser."""
        return self.t, self.m, self.v

    @state.setter
    def state(self, state):
        self.t, self.m, self.v = state

    def step(self, grads, lr):
        self.t += 1
        with np.errstate(all="ignore"):
            norm = np.sqrt(sum((g**2).sum() for g in grads))
            if self.clip and norm > self.clip:
                grads = [g * self.clip / norm for g in grads]
            for p, g, m, v in zip(self.parameters, grads, self.m, self.v):
                g = g + self.decay * p
                if self.kind == "adam":
                    m += 0.1 * (g - m)
                    v += (1 - self.beta2) * (g**2 - v)
                    p -= lr * (m / (1 - 0.9**self.t)) / (np.sqrt(v / (1 - self.beta2**self.t)) + self.eps)
                else:
                    m *= self.momentum
                    m += g
                    p -= lr * m
        return float(norm)
