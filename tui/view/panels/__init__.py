"""The parts of the screen: pure functions that draw a scene into a box of a canvas. None knows another."""
