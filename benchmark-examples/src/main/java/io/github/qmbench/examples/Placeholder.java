package io.github.qmbench.examples; class Placeholder {}
