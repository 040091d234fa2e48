package io.github.qmbench.cli; class Placeholder {}
