"""The parts of the screen: pure functions that draw a walk's view into a box of a canvas. None knows another."""
