"""Logarithm and exponential to six digits, where all that is asked is which of two is larger.

Whoever asks looks closely where six digits cannot say: what is decided does not depend on them.
There is no call, branch or table in them, so that the compiler takes several numbers at a time.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ...jit import inline

# No more than this from the logarithm, and from the exponential as a share of it.
LOG_ERROR: Final = 3e-7
EXP_ERROR: Final = 2e-7

_LN_2: Final = math.log(2.0)
_FRACTION: Final = np.int64((1 << 52) - 1)
_EXPONENT: Final = np.int64(52)
_BIAS: Final = np.int64(1023)
_ONE: Final = np.int64(1023 << 52)

# Polynomials through the zeros of Chebyshev's: of ln x from 1 to 2 and of 2^-x from 0 to 1.
_L0: Final = -2.24292370827
_L1: Final = 4.91173516976
_L2: Final = -5.12504979557
_L3: Final = 3.92729932809
_L4: Final = -2.01422119586
_L5: Final = 0.655653732031
_L6: Final = -0.122502564318
_L7: Final = 0.0100092896107
_E0: Final = 0.999999943887
_E1: Final = -0.693143134641
_E2: Final = 0.240178956278
_E3: Final = -0.0552981196763
_E4: Final = 0.00920918035717
_E5: Final = -0.000946877029096


@inline
def quick_log(x: float) -> float:
    """The natural logarithm of a number above 0, none of those next to it (subnormal)."""
    bits = np.float64(x).view(np.int64)
    m = np.int64((bits & _FRACTION) | _ONE).view(np.float64)
    polynomial = _L4 + m * (_L5 + m * (_L6 + m * _L7))
    polynomial = _L0 + m * (_L1 + m * (_L2 + m * (_L3 + m * polynomial)))
    return np.float64((bits >> _EXPONENT) - _BIAS) * _LN_2 + polynomial


@inline
def quick_exp(x: float) -> float:
    """e^-x of x from 0 on; beyond 690 that of 690, e^-690."""
    power = min(x * (1.0 / _LN_2), 995.0)
    whole = np.int64(power)
    f = power - np.float64(whole)
    polynomial = _E3 + f * (_E4 + f * _E5)
    polynomial = _E0 + f * (_E1 + f * (_E2 + f * polynomial))
    return polynomial * np.int64((_BIAS - whole) << _EXPONENT).view(np.float64)
