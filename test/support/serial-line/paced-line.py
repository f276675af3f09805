"""A serial line between two ptys, one for the console and one for the slaves, and all that can go wrong on it.

A byte takes as long as the baud rate says. The line is half duplex: who talks hears nothing, and two who talk at once spoil
each other's bytes. Commands come as JSON lines on standard input, what happened goes to standard output, also as JSON lines.

usage: paced-line.py '{"baudRate": 9600, "bitsPerByte": 10, "seed": 1}'      ends when standard input ends
"""
import asyncio
import errno
import json
import os
import pty
import random
import sys
import time
import traceback
import tty

from pymodbus.utilities import computeCRC

OPTIONS = json.loads(sys.argv[1])
BYTE_S = OPTIONS["bitsPerByte"] / OPTIONS["baudRate"]
# MODBUS over Serial Line V1.02, 2.5.1.1: 3.5 characters of silence end a frame; fixed above 19200 baud.
SILENCE_S = 3.5 * BYTE_S if OPTIONS["baudRate"] <= 19200 else 0.00175
# How long a meter thinks about a question; in that time a second master may well ask another.
TURNAROUND_S = (0.005, 0.04)
chance = random.Random(OPTIONS["seed"])


def tell(**event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def noise(least, most):
    return chance.randbytes(chance.randint(least, most))


# What a fault makes of an answer: the bytes that are sent instead, each piece with a pause in seconds before it.


def spoil_bits(frame, ms):
    """At most three wrong bits: a CRC-16 notices each of these for certain, so that no wrong value is the CRC's own fault."""
    spoiled = bytearray(frame)
    for bit in chance.sample(range(8 * len(frame)), chance.randint(1, 3)):
        spoiled[bit // 8] ^= 1 << bit % 8
    return [(0, bytes(spoiled))]


def put_noise_inside(frame, ms):
    at = chance.randrange(1, len(frame))
    return [(0, frame[:at] + noise(1, 8) + frame[at:])]


def cut_short(frame, ms):
    return [(0, frame[: chance.randrange(1, len(frame))])]


def split(frame, ms):
    ends = sorted(chance.sample(range(1, len(frame)), 3)) + [len(frame)]
    return [(ms / 1000 / 4, frame[start:end]) for start, end in zip([0, *ends], ends)]


def sealed(body):
    return bytes(body) + computeCRC(bytes(body)).to_bytes(2, "big")


def from_another_unit(frame, ms):
    """Whole and with a right CRC: a meter whose address somebody changed, or two meters that answer in turn."""
    return [(0, sealed([frame[0] % 247 + 1, *frame[1:-2]]))]


def except_for(frame, ms):
    """Illegal address, device failure, acknowledge, busy (MODBUS Application Protocol V1.1b3, 7)."""
    return [(0, sealed([frame[0], frame[1] | 0x80, chance.choice([2, 4, 5, 6])]))]


def restart(frame, ms):
    """The supply drops in the middle of a frame; what comes up first is the transceiver."""
    return [(0, frame[: chance.randrange(1, len(frame))]), (ms / 1000, noise(1, 6))]


FAULTS = {
    "late": lambda frame, ms: [(ms / 1000, frame)],
    "corrupt": spoil_bits,
    "noise-before": lambda frame, ms: [(0, noise(1, 20) + frame)],
    "noise-inside": put_noise_inside,
    "noise-after": lambda frame, ms: [(0, frame), (ms / 1000, noise(1, 20))],
    "cut": cut_short,
    "split": split,
    "silent": lambda frame, ms: [],
    "wrong-unit": from_another_unit,
    "exception": except_for,
    "restart": restart,
}


class Talk:
    """Bytes on their way onto the line, not before an instant; `note` is told when they are through."""

    def __init__(self, data, at, note):
        self.data, self.at, self.note = data, at, note
        self.sent, self.collided = 0, False


class Station:
    """Somebody on the line: talks, and may listen."""

    def __init__(self, listen=None):
        self.talks, self.listen = [], listen

    def say(self, data, at=0.0, **note):
        self.talks.append(Talk(data, at, note))

    def talk_at(self, instant):
        """What has begun is finished first."""
        begun = next((talk for talk in self.talks if talk.sent), None)
        return begun or next((talk for talk in self.talks if talk.at <= instant), None)


class Line:
    def __init__(self):
        self.console, self.slaves = Station(self.to_console), Station(self.to_slaves)
        self.second_master, self.noise_maker = Station(), Station()
        self.stations = [self.console, self.slaves, self.second_master, self.noise_maker]
        self.console_port, self.slave_port = None, open_port()
        self.question, self.quiet_since = bytearray(), 0.0
        self.something_to_say = asyncio.Event()
        self.faults, self.share, self.units = [], 0.0, None
        self.busy_until, self.deaf_until, self.background = {}, {}, {}
        listen_to(self.slave_port, self.answer)

    async def run(self):
        """One byte time after the other; several at once when woken late, as an adapter's buffer would."""
        tick = time.monotonic()
        while True:
            now = time.monotonic()
            heard = {station: bytearray() for station in self.stations}
            while tick <= now and (talking := [s for s in self.stations if s.talk_at(tick)]):
                self.pass_byte(talking, tick, heard)
                tick += BYTE_S
                self.quiet_since = tick
            for station, data in heard.items():
                if data and station.listen:
                    station.listen(bytes(data))
            if tick <= now:
                tick = now
                if self.question and now - self.quiet_since >= SILENCE_S:
                    write(self.slave_port, bytes(self.question))
                    self.question.clear()
            await self.rest(tick)

    def pass_byte(self, talking, tick, heard):
        byte = 0xFF
        for station in talking:
            talk = station.talk_at(tick)
            byte &= talk.data[talk.sent]
            talk.sent += 1
            talk.collided |= len(talking) > 1
            if talk.sent == len(talk.data):
                station.talks.remove(talk)
                if talk.note:
                    tell(**talk.note, collided=talk.collided, atNs=time.monotonic_ns())
        for station in self.stations:
            if station not in talking:
                heard[station].append(byte)

    async def rest(self, tick):
        """Until the next byte is due; never for less than a timer can do, so that a fast line passes several bytes at once."""
        pending = [talk.at for station in self.stations for talk in station.talks]
        wait = None if not pending else max(tick, min(pending)) - time.monotonic()
        if self.question and (wait is None or wait > SILENCE_S):
            wait = SILENCE_S
        self.something_to_say.clear()
        try:
            if wait is None or wait > 0.001:
                await asyncio.wait_for(self.something_to_say.wait(), wait)
            else:
                await asyncio.sleep(max(wait, 0.0005))
        except asyncio.TimeoutError:
            pass

    def say(self, station, data, at=0.0, **note):
        station.say(data, at, **note)
        self.something_to_say.set()

    def to_console(self, data):
        if self.console_port:
            write(self.console_port, data)

    def to_slaves(self, data):
        self.question += data

    def answer(self, frame):
        """The slaves have answered: as it is, or with a fault. One that starts anew has not heard the question."""
        if time.monotonic() < self.deaf_until.get(frame[0], 0):
            return
        fault = None
        if self.faults and (self.units is None or frame[0] in self.units) and chance.random() < self.share:
            fault = chance.choice(self.faults)
        kind, ms = (fault["kind"], fault.get("ms", 0)) if fault else (None, 0)
        pieces = FAULTS[kind](frame, ms) if fault else [(0, frame)]
        if fault:
            tell(event="injected", fault=kind, ms=ms, unit=frame[0], atNs=time.monotonic_ns())
        # A meter does one thing after the other: a late answer delays its next.
        at = max(time.monotonic(), self.busy_until.get(frame[0], 0)) + chance.uniform(*TURNAROUND_S)
        for number, (pause, data) in enumerate(pieces, 1):
            at += pause
            note = {"event": "answered", "unit": frame[0], "fault": kind} if number == len(pieces) else {}
            self.say(self.slaves, data, at, **note)
            at += len(data) * BYTE_S
        self.busy_until[frame[0]] = at
        if kind == "restart":
            self.deaf_until[frame[0]] = at

    async def ask_as_second_master(self, questions, everyMs, polite):
        while True:
            await asyncio.sleep(chance.expovariate(1000 / everyMs))
            unit, function, first, count = chance.choice(questions)
            while polite and (time.monotonic() - self.quiet_since < SILENCE_S or any(s.talks for s in self.stations)):
                await asyncio.sleep(0.001)
            pdu = bytes([unit, function]) + first.to_bytes(2, "big") + count.to_bytes(2, "big")
            note = {"event": "asked-by-second-master", "unit": unit, "count": count}
            self.say(self.second_master, pdu + computeCRC(pdu).to_bytes(2, "big"), **note)

    async def make_noise(self, everyMs):
        while True:
            await asyncio.sleep(chance.expovariate(1000 / everyMs))
            data = noise(1, 12)
            self.say(self.noise_maker, data, event="noise", bytes=len(data))

    def obey(self, do, **command):
        """One command of the test."""
        if do == "faults":
            self.faults, self.share, self.units = command["faults"], command["share"], command.get("units")
        elif do == "second-master":
            self.start("second-master", self.ask_as_second_master(**command))
        elif do == "noise":
            self.start("noise", self.make_noise(**command))
        elif do == "calm":
            self.faults = []
            for task in self.background.values():
                task.cancel()
        elif do == "plug":
            self.console_port = open_port()
            listen_to(self.console_port, lambda data: self.say(self.console, data))
            tell(event="plugged", path=self.console_port["path"])
        elif do == "unplug":
            close_port(self.console_port)
            self.console_port = None
            self.console.talks.clear()
            tell(event="unplugged", atNs=time.monotonic_ns())
        else:
            raise ValueError(f"unknown command: {do}")

    def start(self, name, work):
        if name in self.background:
            self.background[name].cancel()
        self.background[name] = asyncio.ensure_future(work)


def open_port():
    near, far = pty.openpty()
    tty.setraw(far)
    os.set_blocking(near, False)
    return {"near": near, "far": far, "path": os.ttyname(far)}


def listen_to(port, heard):
    def read():
        try:
            heard(os.read(port["near"], 4096))
        except BlockingIOError:
            pass

    asyncio.get_running_loop().add_reader(port["near"], read)


def close_port(port):
    """Closing the near end hangs the far end up, which is what an unplugged adapter does."""
    asyncio.get_running_loop().remove_reader(port["near"])
    os.close(port["far"])
    os.close(port["near"])


def write(port, data):
    try:
        os.write(port["near"], data)
    except OSError as error:
        # Nobody reads, and the buffer is full: a real port loses bytes then, too.
        if error.errno != errno.EAGAIN:
            raise


def fail(done):
    traceback.print_exception(done.exception())
    os._exit(1)


async def main():
    line = Line()
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    running = asyncio.ensure_future(line.run())
    running.add_done_callback(fail)
    tell(event="ready", slavePath=line.slave_port["path"])
    while command := await commands.readline():
        line.obey(**json.loads(command))
    os._exit(0)


asyncio.run(main())
