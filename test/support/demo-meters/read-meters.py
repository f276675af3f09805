"""Reads every meter of one line as the maker's document says, over RTU in TCP, and tells what it read as JSON."""
import json
import sys

from pymodbus.client import ModbusTcpClient
from pymodbus.constants import Endian
from pymodbus.payload import BinaryPayloadDecoder
from pymodbus.transaction import ModbusRtuFramer

REGISTERS = {
    "voltage_1": 0x00, "voltage_3": 0x04, "current_2": 0x08, "power_1": 0x0C, "power_3": 0x10,
    "power": 0x34, "frequency": 0x46, "import_kwh": 0x48, "export_kwh": 0x4A, "unmapped": 0x5E,
}


def decode(registers, first):
    pair = registers[first:first + 2]
    return BinaryPayloadDecoder.fromRegisters(pair, Endian.Big, Endian.Big).decode_32bit_float()


client = ModbusTcpClient("127.0.0.1", port=int(sys.argv[1]), framer=ModbusRtuFramer, timeout=2, retries=0)
assert client.connect()
meters = {}
for unit in (1, 2, 3):
    low = client.read_input_registers(0, 80, slave=unit).registers
    high = client.read_input_registers(0x30, 50, slave=unit).registers
    serial = client.read_holding_registers(0xFC00, 2, slave=unit).registers
    values = {name: decode(low if at < 0x34 else high, at if at < 0x34 else at - 0x30) for name, at in REGISTERS.items()}
    meters[unit] = {**values, "serial_number": str((serial[0] << 16) + serial[1])}
exceptions = [
    client.read_input_registers(0x17E, 2, slave=1).exception_code,
    client.read_input_registers(0, 81, slave=1).exception_code,
    client.read_coils(0, 1, slave=1).exception_code,
]
absent = client.read_input_registers(0, 2, slave=9).isError()
print(json.dumps({"meters": meters, "exceptions": exceptions, "absent": absent}))
