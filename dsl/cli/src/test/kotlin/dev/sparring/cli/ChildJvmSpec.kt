package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import kotlin.concurrent.thread

class ChildJvmSpec :
    FreeSpec({
        "a child that was killed is said to be" {
            val process = ProcessBuilder("sleep", "60").start()
            thread { process.destroyForcibly() }
            ChildJvm.ending(process.waitFor(), "") shouldBe
                "killed by signal 9 (SIGKILL): the system may have run out of memory; fewer runs at a " +
                    "time or a smaller batch need less"
        }

        "its last line is kept" {
            ChildJvm.ending(1, "a message") shouldBe "exit code 1: a message"
            ChildJvm.ending(1, "") shouldBe "exit code 1: no message"
            ChildJvm.ending(134, "torn") shouldBe
                "killed by signal 6 (SIGABRT): torn: a native library crashed; an hs_err file may say " +
                    "where"
            ChildJvm.ending(255, "") shouldBe "exit code 255: no message"
        }
    })
