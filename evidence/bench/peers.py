"""The peers: the same queue in SimPy, in Ciw and on Mesa's event list, each written as its own documentation would."""

import random

import ciw  # type: ignore[import-untyped]
import mesa
import simpy

from kastje.evidence.bench.queue import Queue, Round, seconds_of


def by_simpy(queue: Queue, customers: int, seed: int) -> Round:
    """SimPy: a process per customer and a resource with a place per server."""
    draws = random.Random(seed)
    environment = simpy.Environment()
    desk = simpy.Resource(environment, capacity=queue.servers)
    waits: list[float] = []

    def customer() -> simpy.events.ProcessGenerator:
        arrived = environment.now
        with desk.request() as turn:
            yield turn
            waits.append(environment.now - arrived)
            yield environment.timeout(draws.expovariate(queue.service))

    def arrivals() -> simpy.events.ProcessGenerator:
        for _ in range(customers):
            yield environment.timeout(draws.expovariate(queue.arrivals))
            environment.process(customer())

    environment.process(arrivals())
    seconds = seconds_of(environment.run)
    return Round(seconds, len(waits), sum(waits) / len(waits))


def by_ciw(queue: Queue, customers: int, seed: int) -> Round:
    """Ciw: a network of one node; its records, which it always keeps, are read after the clock has stopped."""
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(queue.arrivals)],
        service_distributions=[ciw.dists.Exponential(queue.service)],
        number_of_servers=[queue.servers],
    )
    simulation = ciw.Simulation(network)
    seconds = seconds_of(lambda: simulation.simulate_until_max_customers(customers, method="Finish"))
    waits = [record.waiting_time for record in simulation.get_all_records()]
    return Round(seconds, len(waits), sum(waits) / len(waits))


class Desk(mesa.Model):
    """Mesa: arrivals and service ends on the model's event list, no agents."""

    def __init__(self, queue: Queue, customers: int, seed: int) -> None:
        super().__init__(rng=seed)
        self.queue = queue
        self.draws = random.Random(seed)
        self.left = customers
        self.free = queue.servers
        self.line: list[float] = []
        self.taken = 0
        self.waited = 0.0
        self.schedule_event(self.arrive, after=self.draws.expovariate(queue.arrivals))

    def arrive(self) -> None:
        """A customer joins the line, and the next one is on the way."""
        self.line.append(self.time)
        self.left -= 1
        if self.left:
            self.schedule_event(self.arrive, after=self.draws.expovariate(self.queue.arrivals))
        self.serve()

    def leave(self) -> None:
        """A service ends."""
        self.free += 1
        self.serve()

    def serve(self) -> None:
        """A free server takes who came first."""
        if self.free and self.taken < len(self.line):
            self.free -= 1
            self.waited += self.time - self.line[self.taken]
            self.taken += 1
            self.schedule_event(self.leave, after=self.draws.expovariate(self.queue.service))


def by_mesa(queue: Queue, customers: int, seed: int) -> Round:
    """Mesa's event list, run until everybody has been served."""
    desk = Desk(queue, customers, seed)
    long_enough = 10.0 * customers / queue.arrivals + 1000.0 / queue.service
    seconds = seconds_of(lambda: desk.run_until(long_enough))
    return Round(seconds, desk.taken, desk.waited / desk.taken)
