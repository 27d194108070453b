"""Some rows of a table of records, without copying the records: columns are taken when they are asked for."""

from typing import Any, overload

import numpy as np


class Rows:
    """The rows of `records` at `index`; a column by its name, fewer rows by a mask or by positions."""

    def __init__(self, records: np.ndarray, index: np.ndarray) -> None:
        self.records = records
        self.index = index
        self._columns: dict[str, np.ndarray] = {}

    @overload
    def __getitem__(self, key: str) -> np.ndarray: ...
    @overload
    def __getitem__(self, key: np.ndarray) -> "Rows": ...
    def __getitem__(self, key: Any) -> Any:
        """A column (an array, one value per row) for a name; the selected rows for a mask."""
        if isinstance(key, str):
            if key not in self._columns:
                self._columns[key] = self.records[key][self.index]
            return self._columns[key]
        return Rows(self.records, self.index[key])

    def __or__(self, other: "Rows") -> "Rows":
        """The rows of both (of the same table), one after the other."""
        return Rows(self.records, np.concatenate([self.index, other.index]))

    @property
    def size(self) -> int:
        """How many rows."""
        return int(self.index.size)
