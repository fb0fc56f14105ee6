#!/usr/bin/env python3
"""Ten lines that learn to read handwritten digits."""
from sklearn.datasets import load_digits

import swiftact

X, y = load_digits(return_X_y=True)
X = X / 16
net = swiftact.Network([64, 100, 10], "tanh", seed=0)
history = net.fit(X[:1400], y[:1400], epochs=30, batch_size=32)
print(f"loss {history['loss'][0]:.3f} at first, {history['loss'][-1]:.3f} in the end")
print(f"{net.score(X[1400:], y[1400:]):.1%} of the digits never seen are read rightly")
