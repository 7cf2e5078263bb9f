"""What tests of several folders share: places, commands, packages that they make, comparisons."""
