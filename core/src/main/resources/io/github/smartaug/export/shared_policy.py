POLICY = json.loads(r"""@policy@""")

CONFORMANCE = json.loads(r"""@conformance@""")

TOLERANCE = @tolerance@
WHITE = 255
# Levels that were resampled or blended differ from themselves by rounding; what jumps allows for it.
ROUNDING = 2.0**-16
ERASE_LARGEST_RATIO = 1 / 0.3
AFFINE = {"rotate", "translate", "shear", "flip"}


# ---- the policy: what is drawn, and what follows from it ----


def _choices():
    """What can be chosen at once, each a list of transforms, and the sums of their probabilities so far."""
    if POLICY["sequences"]:
        chosen = [s["transforms"] for s in POLICY["sequences"]]
        weights = [s["probability"] for s in POLICY["sequences"]]
    else:
        chosen = [[index] for index in range(len(POLICY["transforms"]))]
        weights = [t["probability"] for t in POLICY["transforms"]]
    return chosen, list(itertools.accumulate(weights))


CHOICES, SUMS = _choices()


def _chosen(u):
    """The transforms that a draw from 0 to 1 chooses."""
    return CHOICES[min(bisect.bisect_right(SUMS, u * SUMS[-1]), len(CHOICES) - 1)]


def draw(uniform):
    """What one image gets in turn: the number of a transform, and a draw from 0 to 1.

    A transform that the image has already is left out, unless the policy applies repeats.

    uniform: gives a random number from 0 to 1 at every call
    """
    times = 1 if POLICY["sequences"] else POLICY["length"]
    chosen = [index for _ in range(times) for index in _chosen(uniform())]
    drawn = [(index, uniform()) for index in chosen]
    if POLICY["repeats"] == "applied":
        return drawn
    return [pair for place, pair in enumerate(drawn) if pair[0] not in chosen[:place]]


def _value(transform, magnitude, u, height, width):
    """Where in its range the magnitude and a draw from 0 to 1 place the value."""
    sizes = {"absolute": 1, "width": width, "height": height, "larger_side": max(height, width)}
    size = sizes[transform["unit"]]
    low, high = transform["min"] * size, transform["max"] * size
    if transform["scale"] == "symmetric":
        return (low + high) / 2 + magnitude * (high - low) / 2 * (2 * u - 1)
    if transform["scale"] == "direct":
        return low + magnitude * (high - low) * u
    return high - magnitude * (high - low) * (1 - u)


def _affine_rows(transform, v, height, width, cos, sin):
    """From places in the result to places in the image, by pixel centres at whole numbers."""
    function, axis = transform["function"], transform.get("axis")
    if function == "rotate":
        angle = v * (math.pi / 180)
        c, s = cos(angle), sin(angle)
        x, y = (width - 1) / 2, (height - 1) / 2
        return [[c, -s, x - c * x + s * y], [s, c, y - s * x - c * y]]
    if function == "translate":
        return [[1, 0, -v], [0, 1, 0]] if axis == "X" else [[1, 0, 0], [0, 1, -v]]
    if function == "shear":
        return [[1, -v, 0], [0, 1, 0]] if axis == "X" else [[1, 0, 0], [-v, 1, 0]]
    if axis == "X":
        return [[-1, 0, width - 1], [0, 1, 0]]
    return [[1, 0, 0], [0, -1, height - 1]]


def _summary():
    names = sorted(POLICY["transforms"], key=lambda t: -t["probability"])
    return ", ".join("%s %.1f %%" % (t["name"], 100 * t["probability"]) for t in names)
