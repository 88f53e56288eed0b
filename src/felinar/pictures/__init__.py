"""Pictures: read once in a process of their own, checked against lists of known material first, hashed for linking.

What is kept of a picture are hashes, a thumbnail of 32 pixels and points for comparing parts, never its bytes; of a
picture on a list only the hit is kept.
"""

from felinar.pictures.looked import Hit, Known, Looked

__all__ = ["Hit", "Known", "Looked"]
