"""A meter that is read out in mode C of IEC 62056-21, on a pseudo terminal that is paced and as deaf as a real line.

Nothing here is shared with the console. The speed of the console's end is read from the terminal itself: a character that is
sent or heard while both ends differ arrives as another one, so that a change of speed which is left out, too early or too
late cannot go unnoticed. Commands come as JSON lines: {"lines": [...]} sets the data lines, {"damage": n} spoils a digit of
the next n data messages, {"mute": true} answers nothing, {"plug": true} and {"unplug": true}. Told as JSON lines too.
"""

import json
import os
import pty
import select
import sys
import termios
import time
import tty

SPEEDS = {getattr(termios, f"B{rate}"): rate for rate in (300, 600, 1200, 2400, 4800, 9600, 19200)}
STX, ETX, ACK, NAK = b"\x02", b"\x03", b"\x06", b"\x15"
IDENTIFICATION = b"/ISK5ME162-0033\r\n"
REACTION_S = 0.2
PATIENCE_S = 2.0


def tell(**said):
    print(json.dumps(said), flush=True)


class Meter:
    def __init__(self):
        self.lines, self.damage, self.mute = [], 0, False
        self.port = None
        self.speed, self.heard, self.since = 300, b"", time.monotonic()
        self.orders = b""

    def console_speed(self):
        return SPEEDS.get(termios.tcgetattr(self.port["near"])[4])

    def through(self, data):
        """What arrives of these characters: with unlike speeds, something else."""
        if self.console_speed() == self.speed:
            return data
        tell(event="garbled", bytes=len(data), meter=self.speed, console=self.console_speed())
        return bytes((byte * 7 + 0x35) & 0x7F for byte in data)

    def send(self, data):
        for byte in data:
            time.sleep(10 / self.speed)
            if self.port is None:
                return
            os.write(self.port["near"], self.through(bytes([byte])))
            self.obey(0)

    def answer(self):
        if self.speed == 300 and self.heard.endswith(b"!\r\n") and b"/?" in self.heard:
            self.heard = b""
            if self.mute:
                return
            time.sleep(REACTION_S)
            tell(event="signed-on")
            self.send(IDENTIFICATION)
        elif ACK in self.heard and self.heard.endswith(b"\r\n"):
            choice = self.heard[self.heard.index(ACK) :]
            self.heard = b""
            time.sleep(REACTION_S)
            self.speed = {b"0": 300, b"5": 9600}.get(choice[2:3], 300)
            self.send_data()
        elif self.heard.endswith(NAK):
            self.heard = b""
            time.sleep(REACTION_S)
            self.send_data()

    def send_data(self):
        body = "".join(f"{line}\r\n" for line in self.lines).encode() + b"!\r\n" + ETX
        check = 0
        for byte in body:
            check ^= byte
        if self.damage > 0:
            self.damage -= 1
            at = body.index(b"(") + 3
            body = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        tell(event="served", lines=self.lines, speed=self.speed)
        self.send(STX + body + bytes([check]))

    def obey(self, wait_s):
        """Whatever comes next: an order of the test, or characters of the console."""
        ends = [0] + ([self.port["near"]] if self.port else [])
        ready, _, _ = select.select(ends, [], [], wait_s)
        if 0 in ready:
            more = os.read(0, 65536)
            if not more:
                os._exit(0)
            *lines, self.orders = (self.orders + more).split(b"\n")
            for line in lines:
                self.order(json.loads(line))
        return self.port is not None and self.port["near"] in ready

    def order(self, order):
        if order.get("plug"):
            near, far = pty.openpty()
            tty.setraw(far)
            self.port = {"near": near, "far": far}
            self.speed, self.heard = 300, b""
            tell(event="plugged", path=os.ttyname(far))
        if order.get("unplug"):
            os.close(self.port["far"])
            os.close(self.port["near"])
            self.port = None
        self.lines = order.get("lines", self.lines)
        self.damage = order.get("damage", self.damage)
        self.mute = order.get("mute", self.mute)

    def run(self):
        while True:
            if self.obey(0.02):
                data = os.read(self.port["near"], 4096)
                # The terminal hands them over at once; on a line they take their time.
                time.sleep(len(data) * 10 / (self.console_speed() or self.speed))
                self.heard += self.through(data)
                self.since = time.monotonic()
                self.answer()
                self.since = time.monotonic()
            elif time.monotonic() - self.since > PATIENCE_S:
                self.speed, self.heard = 300, b""


tell(event="ready")
Meter().run()
