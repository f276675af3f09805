"""Several Modbus RTU meters on one serial port, served by pymodbus: its framing, its CRC and its encoding, none of ours.

Every register says whose and which it is, and each answer says how many went before it, so that a value can never pass for
another meter's, another register's or an earlier one's. What was served is told on standard output, with the time.

usage: meter-slaves.py PORT '{"line": 1, "units": [1, 2, 3], "baudRate": 9600}'      ends when standard input ends
"""
import asyncio
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

    def __init__(self, unit, function, valid, words):
        self.unit, self.function, self.valid, self.words = unit, function, valid, words
        self.default_value, self.values, self.address = 0, [], 0

    def validate(self, address, count=1):
        return 1 <= count <= MOST_REGISTERS and address in self.valid and address + count - 1 in self.valid

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


class SilenceFramer(ModbusRtuFramer):
    """The line hands over what stands between two silences: the rest of an earlier frame is never waited for."""

    def processIncomingPacket(self, data, callback, unit, **kwargs):
        self.resetFrame()
        super().processIncomingPacket(data, callback, unit, **kwargs)


async def main():
    port, settings = sys.argv[1], json.loads(sys.argv[2])
    slaves = {unit: Meter(settings["line"], unit).slave() for unit in settings["units"]}
    context = ModbusServerContext(slaves=slaves, single=False)
    asyncio.get_running_loop().add_reader(sys.stdin, lambda: os.read(0, 1024) or os._exit(0))
    options = {"framer": SilenceFramer, "baudrate": settings["baudRate"], "ignore_missing_slaves": True, "defer_start": True}
    server = await StartAsyncSerialServer(context=context, port=port, **options)
    await server.start()
    tell(event="ready")
    await server.serve_forever()


asyncio.run(main())
