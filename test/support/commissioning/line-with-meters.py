"""A serial adapter, the line behind it and what hangs on it: Modbus meters served by pymodbus, a meter that talks by itself,
or one that is read out after a sign-on.

A byte takes as long as the baud rate says. The port of a pty tells which baud rate the console chose: at another one neither
side can read the other, as on a real line. It tells no parity (Linux forces ptys to eight bits without), so that a meter on
this line answers whatever the parity.

usage: line-with-meters.py '{"baudRate": 19200, "meters": [{"unit": 17, "kind": "eastron", "serialNumber": 7}]}'
       line-with-meters.py '{"baudRate": 9600, "telegram": "1b1b...", "everyMs": 1000}'
       line-with-meters.py '{"baudRate": 300, "readOut": {"identification": "2f49...", "data": "02..."}}'
Commands come as JSON lines on standard input, what happened goes to standard output. Ends when standard input ends.
"""
import asyncio
import json
import logging
import os
import pty
import struct
import sys
import termios
import time
import traceback
import tty

OPTIONS = json.loads(sys.argv[1])
# It complains of each register that is asked for and not there, which is what a scan does.
logging.disable(logging.CRITICAL)
BYTE_S = 10 / OPTIONS["baudRate"]
SPEED = getattr(termios, f"B{OPTIONS['baudRate']}")


def tell(**event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def open_port():
    near, far = pty.openpty()
    tty.setraw(far)
    os.set_blocking(near, False)
    return {"near": near, "far": far, "path": os.ttyname(far)}


def garble(data):
    """What a receiver at the wrong speed makes of it: bytes, and none of them right."""
    return bytes((byte * 37 + 0x5B) & 0xFF for byte in data[::3])


class Line:
    def __init__(self):
        self.slave_port = open_port()
        self.console_port = None
        self.question, self.signing = bytearray(), bytearray()

    def reads_us(self):
        return self.console_port is not None and termios.tcgetattr(self.console_port["near"])[5] == SPEED

    async def from_console(self, port):
        """To the meters once the line falls silent, if they can read it."""
        loop = asyncio.get_running_loop()
        readable = asyncio.Event()
        loop.add_reader(port["near"], readable.set)
        while self.console_port is port:
            try:
                await asyncio.wait_for(readable.wait(), max(0.004, 4 * BYTE_S) if self.question else None)
            except asyncio.TimeoutError:
                write(self.slave_port["near"], bytes(self.question))
                self.question.clear()
                continue
            readable.clear()
            try:
                data = os.read(port["near"], 4096)
            except (BlockingIOError, OSError):
                await asyncio.sleep(0.01)
                continue
            fits = self.reads_us()
            await asyncio.sleep(len(data) * BYTE_S)
            if fits and OPTIONS.get("readOut"):
                asyncio.ensure_future(self.read_out(data, OPTIONS["readOut"])).add_done_callback(fail)
            elif fits:
                self.question += data

    async def to_console(self, data):
        """In pieces, each when its bytes are through."""
        for start in range(0, len(data), 16):
            piece = data[start : start + 16]
            await asyncio.sleep(len(piece) * BYTE_S)
            if self.console_port is not None:
                write(self.console_port["near"], piece if self.reads_us() else garble(piece))

    async def from_meters(self):
        readable = asyncio.Event()
        asyncio.get_running_loop().add_reader(self.slave_port["near"], readable.set)
        while True:
            await readable.wait()
            readable.clear()
            try:
                await self.to_console(os.read(self.slave_port["near"], 4096))
            except BlockingIOError:
                pass

    async def read_out(self, data, answers):
        """IEC 62056-21, mode C, of a meter that stays at the speed of its sign-on."""
        self.signing += data
        for question, answer in ((b"/?!\r\n", answers["identification"]), (b"\x06000\r\n", answers["data"])):
            if self.signing.endswith(question):
                self.signing.clear()
                await asyncio.sleep(0.2)
                await self.to_console(bytes.fromhex(answer))

    async def push(self, telegram, every_s):
        while True:
            await asyncio.sleep(every_s)
            await self.to_console(telegram)

    def plug(self):
        self.console_port = port = open_port()
        asyncio.ensure_future(self.from_console(port)).add_done_callback(fail)
        tell(event="plugged", path=port["path"])

    def unplug(self):
        """Closing the near end hangs the far end up, which is what an unplugged adapter does."""
        port, self.console_port = self.console_port, None
        asyncio.get_running_loop().remove_reader(port["near"])
        self.question.clear()
        os.close(port["far"])
        os.close(port["near"])
        tell(event="unplugged")


def write(descriptor, data):
    try:
        os.write(descriptor, data)
    except BlockingIOError:
        # Nobody reads, and the buffer is full: a real port loses bytes then, too.
        pass


def floats(*values):
    return list(struct.unpack(f">{2 * len(values)}H", struct.pack(f">{len(values)}f", *values)))


class Meter:
    """What flows through it is the same whatever its kind; the energy grows by what the power says."""

    def __init__(self, serialNumber, powerW=11_040.0, importKwh=5_000.0, voltageV=230.0, **_):
        self.serial, self.power, self.voltage = serialNumber, powerW, voltageV
        self.import_kwh, self.began = importKwh, time.monotonic()

    def energy_kwh(self):
        return self.import_kwh + self.power / 1000 * (time.monotonic() - self.began) / 3600

    def eastron(self):
        """Input registers 30001 to 30076 and holding registers FC00 of the maker's document."""
        values = {register: 0.0 for register in range(0, 0x180, 2)}
        for phase in range(3):
            values[2 * phase] = self.voltage
            values[6 + 2 * phase] = self.power / 3 / self.voltage
            values[0x0C + 2 * phase] = self.power / 3
        values |= {0x34: self.power, 0x46: 50.0, 0x48: self.energy_kwh()}
        words = {}
        for register, value in values.items():
            words[register], words[register + 1] = floats(value)
        serial = {0xFC00 + at: 0 for at in range(16)}
        serial |= {0xFC00: self.serial >> 16, 0xFC01: self.serial & 0xFFFF, 0xFC02: 0x0070}
        return {4: words, 3: serial}

    def schneider(self):
        """iEM3155: holding registers from 0BB7, kilowatts, energy in watt-hours as a signed integer of four registers."""
        words = {register: 0 for register in range(0x0BB0, 0x0D00)}
        words |= {register: 0 for register in range(0x0070, 0x00A0)}
        values = {0x0BF3: self.power / 1000, 0x0C25: 50.0}
        for phase in range(3):
            values[0x0BB7 + 2 * phase] = self.power / 3 / self.voltage
            values[0x0BD3 + 2 * phase] = self.voltage
            values[0x0BED + 2 * phase] = self.power / 3000
        for register, value in values.items():
            words[register], words[register + 1] = floats(value)
        energy = struct.unpack(">4H", struct.pack(">q", int(self.energy_kwh() * 1000)))
        words |= {0x0C83 + at: word for at, word in enumerate(energy)}
        words |= {0x0081: self.serial >> 16, 0x0082: self.serial & 0xFFFF}
        return {3: words, 4: {}}


def block_of(meter, function, options):
    from pymodbus.datastore.store import BaseModbusDataBlock

    class Registers(BaseModbusDataBlock):
        def __init__(self):
            self.default_value, self.values, self.address = 0, [], 0

        def words(self):
            words = getattr(meter, options["kind"])()[function]
            if options.get("wordOrder") == "low-first" and function == 4:
                words = {register: words[register ^ 1] for register in words}
            return {register + options.get("shift", 0): word for register, word in words.items()}

        def validate(self, address, count=1):
            words = self.words()
            return 1 <= count <= 125 and all(address + at in words for at in range(count))

        def getValues(self, address, count=1):
            words = self.words()
            return [words[address + at] for at in range(count)]

    return Registers()


async def serve(port, units):
    from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext
    from pymodbus.server.async_io import StartAsyncSerialServer
    from pymodbus.transaction import ModbusRtuFramer

    class SilenceFramer(ModbusRtuFramer):
        """The line hands over what stands between two silences: the rest of an earlier frame is never waited for."""

        def processIncomingPacket(self, data, callback, unit, **kwargs):
            self.resetFrame()
            super().processIncomingPacket(data, callback, unit, **kwargs)

    slaves = {}
    for options in units:
        meter = Meter(**{name: value for name, value in options.items() if name not in ("unit", "kind")})
        slaves[options["unit"]] = ModbusSlaveContext(
            ir=block_of(meter, 4, options), hr=block_of(meter, 3, options), zero_mode=True
        )
    server = await StartAsyncSerialServer(
        context=ModbusServerContext(slaves=slaves, single=False),
        port=port,
        framer=SilenceFramer,
        baudrate=OPTIONS["baudRate"],
        ignore_missing_slaves=True,
        defer_start=True,
    )
    await server.start()
    asyncio.ensure_future(server.serve_forever())


def fail(done):
    if not done.cancelled() and done.exception():
        traceback.print_exception(done.exception())
        os._exit(1)


async def main():
    line = Line()
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    asyncio.ensure_future(line.from_meters()).add_done_callback(fail)
    if OPTIONS.get("meters"):
        await serve(line.slave_port["path"], OPTIONS["meters"])
    if OPTIONS.get("telegram"):
        telegram = bytes.fromhex(OPTIONS["telegram"])
        asyncio.ensure_future(line.push(telegram, OPTIONS["everyMs"] / 1000)).add_done_callback(fail)
    tell(event="ready")
    while command := await commands.readline():
        {"plug": line.plug, "unplug": line.unplug}[json.loads(command)["do"]]()
    os._exit(0)


asyncio.run(main())
