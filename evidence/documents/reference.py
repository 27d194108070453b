"""What the reference of docs/reference reads of the code, beyond what stands in docstrings."""

import ast
from typing import Any

import griffe


class Said(griffe.Extension):
    """An attribute made by a call that ends with what it is (`_attribute("o", "Ownership ..")`) says that of itself."""

    def on_attribute_instance(self, *, attr: griffe.Attribute, **kwargs: Any) -> None:
        """Take the last argument of the call as the docstring, where it is a text and there is no other."""
        if attr.docstring is None and isinstance(attr.value, griffe.ExprCall) and attr.value.arguments:
            said = attr.value.arguments[-1]
            if isinstance(said, str) and said[:1] in "\"'" and str(attr.value.function) == "_attribute":
                attr.docstring = griffe.Docstring(ast.literal_eval(said), parent=attr)
