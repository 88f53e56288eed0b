"""The native readers give exactly the mentions of the Python readers, or decline."""

import target
from checks import Broken

with target.traced():
    from fuzz_all import adverts

    import felinar.extract as stage


def one(data: bytes) -> None:
    """Read one input both ways."""
    table = adverts(data)
    slow, fast = (stage.extract(table, native=native) for native in (False, True))
    if not slow.equals(fast):
        left, right = slow.to_pylist(), fast.to_pylist()
        only = [row for row in left if row not in right], [row for row in right if row not in left]
        raise Broken(f"only the Python readers: {only[0]}\nonly the native ones: {only[1]}")


if __name__ == "__main__":
    one(b"\x01\x01Anna in Leeds, call 07700 900123, 120 euro, ana at example dot org")
    target.run("native", one)
