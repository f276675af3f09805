/**
 * The content policy forbids code made from text, and zod would try it once to learn whether it may: told beforehand, it
 * never does, and the console stays free of a violation that is none. Imported by the entry before any schema is made.
 */
import { config } from 'zod';

config({ jitless: true });
