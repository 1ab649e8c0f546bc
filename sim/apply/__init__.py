"""The only place where the state is written.

Stages decide; what they return is written here: what arrived, what silence left, what people did
with each message of a tick, whom the brand answered, paid and promoted, and who came back.
"""

from .arrivals import apply_arrivals
from .decided import Decided
from .message import apply
from .promotion import apply_promotion
from .returns import apply_returns
from .service import apply_payments, apply_service, end_of_tick
from .silence import apply_silence, settled
from .waiting import apply_waiting
from .wear import apply_wear

__all__ = [
    "Decided",
    "apply",
    "apply_arrivals",
    "apply_payments",
    "apply_promotion",
    "apply_returns",
    "apply_service",
    "apply_silence",
    "apply_waiting",
    "apply_wear",
    "end_of_tick",
    "settled",
]
