"""Several Modbus RTU meters on one serial port, served by pymodbus: its framing, its CRC and its encoding, none of ours.

Every register says whose and which it is, and each answer says how many went before it, so that a value can never pass for
another meter's, another register's or an earlier one's. What was served is told on standard output, with the time.

A unit is an SDM630 unless `kinds` names another: then its values stand still, in the registers and the form of that maker's
document, so that two readers can be compared, and what the document forbids is answered with an exception.

usage: meter-slaves.py PORT '{"line": 1, "units": [1, 2], "kinds": {"2": "abb-b23"}, "baudRate": 9600}'
ends when standard input ends
"""
import asyncio
import itertools
import json
import os
import struct
import sys
import time

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext
from pymodbus.datastore.store import BaseModbusDataBlock
from pymodbus.server.async_io import StartAsyncSerialServer
from pymodbus.transaction import ModbusRtuFramer

INPUT_REGISTERS = range(0x0000, 0x0180)
SERIAL_NUMBER_REGISTERS = range(0xFC00, 0xFC10)
# Eastron: 40 values of two registers in one question.
MOST_REGISTERS = 80

VOLTAGES, CURRENTS, POWERS = (0x00, 0x02, 0x04), (0x06, 0x08, 0x0A), (0x0C, 0x0E, 0x10)
POWER_TOTAL, FREQUENCY, IMPORT_KWH = 0x34, 0x46, 0x48


def tell(**event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


class Registers(BaseModbusDataBlock):
    """One meter's registers of one kind, made anew for every question."""

    def __init__(self, unit, function, valid, words, most=MOST_REGISTERS):
        self.unit, self.function, self.valid, self.words, self.most = unit, function, valid, words, most
        self.default_value, self.values, self.address = 0, [], 0

    def validate(self, address, count=1):
        return 1 <= count <= self.most and address in self.valid and address + count - 1 in self.valid

    def getValues(self, address, count=1):
        words = self.words(address, count)
        raw = struct.pack(f">{count}H", *words).hex()
        tell(event="served", unit=self.unit, function=self.function, first=address, registers=raw, atNs=time.monotonic_ns())
        return words


class Meter:
    """An SDM630 whose energy only grows, by what its power says and at least by one step an answer."""

    def __init__(self, line, unit):
        self.line, self.unit = line, unit
        self.answers, self.import_kwh = 0, unit * 1e4
        self.started = time.monotonic()

    def slave(self):
        inputs = Registers(self.unit, 4, INPUT_REGISTERS, self.input_words)
        settings = Registers(self.unit, 3, SERIAL_NUMBER_REGISTERS, self.settings_words)
        return ModbusSlaveContext(ir=inputs, hr=settings, zero_mode=True)

    def input_words(self, first, count):
        self.answers += 1
        run_hours = (time.monotonic() - self.started) / 3600
        self.import_kwh = max(self.unit * 1e4 + run_hours * 30, self.import_kwh + 1 / 128)
        start = first & ~1
        values = [self.value(register) for register in range(start, first + count, 2)]
        words = struct.unpack(f">{2 * len(values)}H", struct.pack(f">{len(values)}f", *values))
        return words[first - start :][:count]

    def value(self, register):
        step = self.answers % 256 / 256
        if register in VOLTAGES:
            return 210 + 2 * self.unit + 5 * self.line + 0.5 * VOLTAGES.index(register) + step
        if register in CURRENTS:
            return 40 + self.unit + CURRENTS.index(register) / 4 + step
        if register in POWERS:
            return 10_000 + 500 * self.unit + 10 * POWERS.index(register) + step
        if register == POWER_TOTAL:
            return 30_000 + 1500 * self.unit + step
        if register == FREQUENCY:
            return 49.9 + self.unit / 50 + step / 10
        if register == IMPORT_KWH:
            return self.import_kwh
        return 1000 * self.unit + 10 * self.line + register + step

    def settings_words(self, first, count):
        number = 70_000_000 + 1000 * self.line + self.unit
        settings = {0xFC00: number >> 16, 0xFC01: number & 0xFFFF}
        return [settings.get(register, 0) for register in range(first, first + count)]


def floats(*values):
    return struct.unpack(f">{2 * len(values)}H", struct.pack(f">{len(values)}f", *values))


def whole(form, *values):
    """Each value by itself, high word first: `form` is I, i, Q or q."""
    size = struct.calcsize(form) // 2
    return struct.unpack(f">{size * len(values)}H", struct.pack(f">{len(values)}{form}", *[round(value) for value in values]))


def low_first(words):
    return [word for high, low in zip(words[::2], words[1::2]) for word in (low, high)]


def by_register(values):
    return {first + index: (word,) for first, words in values.items() for index, word in enumerate(words)}


class Steady:
    """What a meter of another kind measures, different in each unit."""

    def __init__(self, unit):
        self.volts = [228.5 + unit, 229.75 + unit, 231.25 + unit]
        self.amperes = [10.5 + unit, 11.25 + unit, 12.375 + unit]
        # The second phase feeds in.
        self.watts = [0.95 * volts * amperes * sign for volts, amperes, sign in zip(self.volts, self.amperes, (1, -1, 1))]
        self.hertz, self.serial = 49.9 + unit / 50, 50_000_000 + unit
        self.import_wh, self.export_wh = 1_234_567_890 + unit * 1000, 70_000 + unit * 100


def sdm630(meter):
    inputs = {0x00: floats(*meter.volts, *meter.amperes, *meter.watts), 0x34: floats(sum(meter.watts)), 0x46: floats(meter.hertz)}
    inputs |= {0x48: floats(meter.import_wh / 1000, meter.export_wh / 1000)}
    return {
        4: (INPUT_REGISTERS, inputs, MOST_REGISTERS, 0),
        3: (SERIAL_NUMBER_REGISTERS, {0xFC00: whole("I", meter.serial)}, MOST_REGISTERS, 0),
    }


def sdm120(meter):
    volts, amperes, watts = meter.volts[0], meter.amperes[0], meter.watts[0]
    inputs = {0x00: floats(volts), 0x06: floats(amperes), 0x0C: floats(watts), 0x46: floats(meter.hertz)}
    inputs |= {0x48: floats(meter.import_wh / 1000, meter.export_wh / 1000)}
    # At most 30 values of two registers.
    return {4: (range(0x0000, 0x0180), inputs, 60, 0), 3: (range(0xFC00, 0xFC04), {0xFC00: whole("I", meter.serial)}, 60, 0)}


def abb_b23(meter):
    holding = {
        0x5000: whole("Q", meter.import_wh / 10, meter.export_wh / 10),
        0x5B00: whole("I", *[10 * volts for volts in meter.volts]),
        0x5B0C: whole("I", *[100 * amperes for amperes in meter.amperes]),
        0x5B14: whole("i", *[100 * watts for watts in (sum(meter.watts), *meter.watts)]),
        0x5B2C: [round(100 * meter.hertz)],
        0x8900: whole("I", meter.serial),
    }
    # 1 to 125 registers anywhere in this range; what is not used is all ones.
    return {3: (range(0x1000, 0x8F00), holding, 125, 0xFFFF)}


def schneider_iem3000(meter):
    # What is not used is no number, in two words.
    unused = {register: (0xFFC0, 0x0000) for first, end in ((0x0BB7, 0x0C2F), (0x0C83, 0x0CAB)) for register in range(first, end, 2)}
    used = {
        0x0081: whole("I", meter.serial),
        0x0BB7: floats(*meter.amperes),
        0x0BD3: floats(*meter.volts),
        0x0BED: floats(*[watts / 1000 for watts in (*meter.watts, sum(meter.watts))]),
        0x0C25: floats(meter.hertz),
        0x0C83: whole("q", meter.import_wh, meter.export_wh),
    }
    valid = [*range(0x0081, 0x0087), *range(0x0BB7, 0x0C2F), *range(0x0C83, 0x0CAB)]
    return {3: (valid, {**by_register(unused), **by_register(used)}, 125, 0)}


def carlo_gavazzi_em300(meter):
    letters = f"KX{meter.serial:010d}T".ljust(14, "\0").encode()
    inputs = {
        0x00: low_first(whole("i", *[10 * volts for volts in meter.volts])),
        0x0C: low_first(whole("i", *[1000 * amperes for amperes in meter.amperes])),
        0x12: low_first(whole("i", *[10 * watts for watts in meter.watts])),
        0x28: low_first(whole("i", 10 * sum(meter.watts))),
        0x33: [round(10 * meter.hertz)],
        0x34: low_first(whole("i", meter.import_wh / 100)),
        0x4E: low_first(whole("i", meter.export_wh / 100)),
        0x5000: struct.unpack(">7H", letters),
    }
    return {4: ([*range(0x0000, 0x0052), *range(0x5000, 0x5009)], inputs, 50, 0)}


def janitza_b(meter):
    holding = {
        0x4A38: floats(*meter.volts),
        0x4A44: floats(*meter.amperes),
        0x4A4C: floats(*meter.watts, sum(meter.watts)),
        0x4A6A: floats(meter.hertz),
        0x4A7C: floats(meter.import_wh),
        0x4A84: floats(meter.export_wh),
    }
    return {3: (range(19000, 19122), holding, 125, 0)}


KINDS = {
    "eastron-sdm630": sdm630,
    "eastron-sdm120": sdm120,
    "abb-b23": abb_b23,
    "schneider-iem3000": schneider_iem3000,
    "carlo-gavazzi-em300": carlo_gavazzi_em300,
    "janitza-b": janitza_b,
}


def steady_slave(unit, kind):
    def block(function):
        valid, values, most, unused = tables.get(function, ([], {}, 0, 0))
        held = by_register(values)
        read = lambda first, count: [*itertools.chain(*(held.get(r, (unused,)) for r in range(first, first + count)))]
        return Registers(unit, function, valid, read, most)

    tables = KINDS[kind](Steady(unit))
    return ModbusSlaveContext(ir=block(4), hr=block(3), zero_mode=True)


class SilenceFramer(ModbusRtuFramer):
    """The line hands over what stands between two silences: the rest of an earlier frame is never waited for."""

    def processIncomingPacket(self, data, callback, unit, **kwargs):
        self.resetFrame()
        super().processIncomingPacket(data, callback, unit, **kwargs)


async def main():
    port, settings = sys.argv[1], json.loads(sys.argv[2])
    kinds = settings.get("kinds", {})
    slaves = {
        unit: steady_slave(unit, kinds[str(unit)]) if str(unit) in kinds else Meter(settings["line"], unit).slave()
        for unit in settings["units"]
    }
    context = ModbusServerContext(slaves=slaves, single=False)
    asyncio.get_running_loop().add_reader(sys.stdin, lambda: os.read(0, 1024) or os._exit(0))
    options = {"framer": SilenceFramer, "baudrate": settings["baudRate"], "ignore_missing_slaves": True, "defer_start": True}
    server = await StartAsyncSerialServer(context=context, port=port, **options)
    await server.start()
    tell(event="ready")
    await server.serve_forever()


asyncio.run(main())
