"""Optimizers: each ONE object, a few formulas in the calculator's grammar. They are PyTorch's (`torch.optim`).

What the names stand for, for one parameter: `w` its value, `g` its gradient (with weight decay, of a weight: ∂Loss/∂w +
λ·w), `lr` the learning rate, `t` how many updates there are with this one, `lambda` the decay; a setting, a moment
found before this one; `v_old` the moment v before the update, 0 at first.
"""

from collections.abc import Mapping
from typing import NamedTuple

OLD = "_old"  # behind the name of a moment: its value before the update
DECAYED = "g"  # the name of the moment that a weight's gradient is with its decay


class Moment(NamedTuple):
    """A number that an optimizer works out for each parameter before the update; `is_kept` from one to the next."""

    name: str
    formula: str
    is_kept: bool
    idea: str


class Optimizer(NamedTuple):
    """`settings` are its numbers by name, each with what PyTorch takes by itself. `decouples` says that weight decay is
    no part of the gradient but shrinks the weight itself.
    """

    name: str
    words: str
    settings: Mapping[str, float]
    moments: tuple[Moment, ...]
    update: str
    idea: str
    decouples: bool = False

    def moments_with(self, decay: float) -> tuple[Moment, ...]:
        """The moments in the order in which they are worked out: first the gradient with the weights' decay, if any."""
        return (DECAY, *self.moments) if decay and not self.decouples else self.moments


DECAY = Moment(DECAYED, "gradient + lambda*w", is_kept=False,
               idea="Weight decay adds λ·w to the gradient: large weights are pulled to 0.")
VELOCITY = Moment("v", "beta*v_old + g", is_kept=True,
                  idea="The velocity keeps β of what it was, and the gradient is added.")
MEAN = Moment("m", "beta1*m_old + (1 - beta1)*g", is_kept=True, idea="m is a running mean of the gradients.")
MEAN_SQUARE = Moment("s", "beta2*s_old + (1 - beta2)*g^2", is_kept=True,
                     idea="s is a running mean of the gradients' squares.")
MEAN_CORRECTED = Moment("m_hat", "m/(1 - beta1^t)", is_kept=False,
                        idea="m began at 0 and is too small at first: 1−β1^t corrects that.")
MEAN_SQUARE_CORRECTED = Moment("s_hat", "s/(1 - beta2^t)", is_kept=False,
                               idea="s began at 0 and is too small at first: 1−β2^t corrects that.")
ADAM_SETTINGS = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
ADAM_MOMENTS = (MEAN, MEAN_SQUARE, MEAN_CORRECTED, MEAN_SQUARE_CORRECTED)
ADAM_IDEA = "Where gradients stay alike, a parameter moves by about lr, however large they are."

SGD = Optimizer("sgd", "gradient descent", {}, (), "w - lr*g", "A step against the gradient.")
MOMENTUM = Optimizer("momentum", "momentum", {"beta": 0.9}, (VELOCITY,), "w - lr*v",
                     "The step is the velocity's: what pulled the same way before still counts.")
NESTEROV = Optimizer("nesterov", "Nesterov's momentum", {"beta": 0.9}, (VELOCITY,), "w - lr*(g + beta*v)",
                     "The step looks ahead: the gradient, and β of the new velocity.")
RMSPROP = Optimizer("rmsprop", "RMSprop", {"alpha": 0.99, "epsilon": 1e-8}, (
    Moment("s", "alpha*s_old + (1 - alpha)*g^2", is_kept=True, idea=MEAN_SQUARE.idea),), "w - lr*g/(sqrt(s) + epsilon)",
    "The gradient is measured by its usual size, √(s).")
ADAM = Optimizer("adam", "Adam", ADAM_SETTINGS, ADAM_MOMENTS, "w - lr*m_hat/(sqrt(s_hat) + epsilon)", ADAM_IDEA)
ADAMW = Optimizer("adamw", "AdamW", ADAM_SETTINGS, ADAM_MOMENTS,
                  "w - lr*lambda*w - lr*m_hat/(sqrt(s_hat) + epsilon)", ADAM_IDEA, decouples=True)
OPTIMIZERS = {optimizer.name: optimizer for optimizer in (SGD, MOMENTUM, NESTEROV, RMSPROP, ADAM, ADAMW)}
