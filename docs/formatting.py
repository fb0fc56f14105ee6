"""How these pages write tables, numbers and properties."""
import math


def table(head, rows):
    """A table; what is in a cell does not end it."""
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def number(x):
    return "∞" if x == math.inf else "−∞" if x == -math.inf else f"{x:g}".replace("-", "−")


def interval(low, high):
    return f"({number(low)}, {number(high)})" if math.isinf(low) or math.isinf(high) else f"{number(low)} … {number(high)}"


def yes(flag):
    return "yes" if flag else "no"


def saturates(activation):
    left, right = activation.saturates
    return {(True, True): "on both sides", (True, False): "on the left", (False, True): "on the right"}.get((left, right), "no")
