"""How fluid the desk's timeline is: the time of a frame while ten thousand visible events are dragged.

    python benchmarks/desk_frames.py [--events 10000] [--browser /usr/bin/chromium]

Makes a record of generated articles, opens its timeline in headless Chromium with all events in sight, drags it to and
fro, and prints the median and the 95th percentile of what the script takes a frame, and of the time from frame to
frame. The exit status is 1 where the median from frame to frame is above the target.
"""

import argparse
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

import uvicorn
from playwright.sync_api import sync_playwright

from readout.desk import Settings, application
from readout.record import Record
from record import generated

TARGET, AIM = 50.0, 16.0
PORT = 8391
MEASURE = """async () => {
  const { Timeline } = await import(document.querySelector('script[type=module]').src);
  const frames = [], drawn = [];
  const draw = Timeline.prototype.draw;
  Timeline.prototype.draw = function () {
    const begun = performance.now();
    draw.call(this);
    drawn.push(performance.now() - begun);
  };
  const canvas = document.querySelector('#timeline canvas'), box = canvas.getBoundingClientRect();
  const at = { clientY: box.top + 60, pointerId: 1, bubbles: true };
  const send = (type, x) => canvas.dispatchEvent(new PointerEvent(type, { ...at, clientX: x }));
  canvas.setPointerCapture = () => {};
  let x = box.left + 600, last = performance.now();
  send('pointerdown', x);
  for (let n = 0; n < 240; n++) {
    x += (n % 80 < 40 ? 5 : -5);
    send('pointermove', x);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last); last = now;
  }
  send('pointerup', x);
  return [frames.slice(5), drawn.slice(5)];
}"""


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder, "record.sqlite")
        with Record(db) as record:
            list(record.add_many(islice(generated(5), options.events // 10)))  # each has twelve events
        server = uvicorn.Server(uvicorn.Config(application(Settings(db)), port=PORT, log_level="warning"))
        threading.Thread(target=server.run, daemon=True).start()
        time.sleep(2)
        with sync_playwright() as playwright:
            flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
            page = playwright.chromium.launch(executable_path=options.browser, args=flags).new_page()
            page.goto(f"http://127.0.0.1:{PORT}/timeline")
            page.wait_for_selector("#timeline canvas", state="visible")
            page.wait_for_timeout(500)
            count = page.evaluate("async () => (await (await fetch('/timeline/points.json')).json()).rows.length")
            frames, drawn = page.evaluate(MEASURE)
        server.should_exit = True
    print(f"{count:,} events in sight; median and 95th percentile in milliseconds")
    for name, values in (("drawing", drawn), ("frame to frame", frames)):
        print(f"{name:<15} {median(values):6.1f} {quantiles(values, n=20)[-1]:6.1f}")
    print(f"target {TARGET:.0f}, aim {AIM:.0f}")
    return int(median(frames) > TARGET)


if __name__ == "__main__":
    sys.exit(main())
