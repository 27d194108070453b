"""Sweeps: a design's runs carried out on threads, processes or a cluster, and kept in a folder of Parquet parts."""

from experiments.sweep.carry import Swept, sweep
from experiments.sweep.executors import dask_cluster, processes, threads
from experiments.sweep.store import Store

__all__ = ["Store", "Swept", "dask_cluster", "processes", "sweep", "threads"]
