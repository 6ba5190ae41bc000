package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import java.io.ByteArrayOutputStream
import java.io.PrintStream

/** What files say reaches the terminal as text. */
class TerminalSpec :
    FreeSpec({
        "a line cannot steer the terminal, and keeps its lines" {
            val bytes = ByteArrayOutputStream()
            val err = PrintStream(bytes, true, Charsets.UTF_8)
            val terminal = Terminal(PrintStream(PrintStream.nullOutputStream()), err, emptyMap())
            terminal.log("engine: x\u001b[2J\u202e, now torch\nand café")
            terminal.error("a\u0000b")
            bytes.toString(Charsets.UTF_8).lines() shouldBe
                listOf("engine: x\\u001b[2J\\u202e, now torch", "and café", "a\\u0000b", "")
        }
    })
