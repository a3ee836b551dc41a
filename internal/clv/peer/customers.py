"""The same customers through lifetimes (https://pypi.org/project/lifetimes/).

    pip install lifetimes
    python3 customers.py CUSTOMERS.csv

CUSTOMERS.csv has a header and the columns x, t_x, t_cal (days) and m_x, a row a
customer. Prints one JSON object: seconds of each step and what came out.
BenchmarkPeer writes the file, runs this and compares.
"""

import json
import sys
import time

import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter, ParetoNBDFitter


def timed(seconds, name, do):
    """Runs do and notes how long it took."""
    start = time.perf_counter()
    result = do()
    seconds[name] = time.perf_counter() - start
    return result


def main(path):
    data = pd.read_csv(path)
    x, t_x, t_cal, m_x = data["x"], data["t_x"], data["t_cal"], data["m_x"]
    repeat = data[data["x"] > 0]
    seconds = {}

    # Weights by distinct history are the fastest way lifetimes offers.
    groups = data.groupby(["x", "t_x", "t_cal"]).size().reset_index(name="n")
    bg = timed(seconds, "bg-nbd", lambda: BetaGeoFitter().fit(x, t_x, t_cal))
    timed(seconds, "bg-nbd-grouped", lambda: BetaGeoFitter().fit(groups["x"], groups["t_x"], groups["t_cal"], weights=groups["n"]))
    spend = timed(seconds, "gamma-gamma", lambda: GammaGammaFitter().fit(repeat["x"], repeat["m_x"]))
    timed(seconds, "score", lambda: (
        bg.conditional_probability_alive(x, t_x, t_cal),
        bg.conditional_expected_number_of_purchases_up_to_time(365.25, x, t_x, t_cal),
        spend.customer_lifetime_value(bg, x, t_x, t_cal, m_x, time=12, discount_rate=0.1 / 12, freq="D"),
    ))
    out = {"seconds": seconds, "bg": dict(bg.params_), "spend": dict(spend.params_)}
    if "--pareto" in sys.argv:
        pareto = timed(seconds, "pareto-nbd", lambda: ParetoNBDFitter().fit(x, t_x, t_cal))
        out["pareto"] = dict(pareto.params_)
    print(json.dumps(out))


if __name__ == "__main__":
    main(sys.argv[1])
