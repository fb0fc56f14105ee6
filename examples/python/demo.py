#!/usr/bin/env python3
"""The whole demo: draws the functions, trains on real data and says where the pictures are.

    python3 examples/python/demo.py [--output FOLDER]
"""
import argparse

import curves
import digits
import networks
import spirals

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Draws the activation functions and trains networks.")
    parser.add_argument("--output", default="out/demo", metavar="FOLDER", help="default: %(default)s")
    output = ["--output", parser.parse_args().output]

    print("Drawing the activation functions and their derivatives", flush=True)
    pictures = curves.main(output)
    print("Learning to read handwritten digits", flush=True)
    pictures += digits.main(output)
    print("Training networks", flush=True)
    pictures += networks.main(output)
    print("Telling two spirals apart with every activation function", flush=True)
    pictures += spirals.main(output)
    print("Pictures:", *pictures, sep="\n  ")
