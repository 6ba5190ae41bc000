package dev.sparring.cli

import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import java.io.IOException
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.io.path.createDirectories
import kotlin.io.path.createFile
import kotlin.io.path.writeText

/** Asks the shells that are installed; bash is on each machine that builds Sparring. */
@EnabledIf(NotOnWindows::class)
class CompletionSpec :
    FreeSpec({
        val bench = workbench()
        for (name in listOf("a.gan.kts", "b.yaml", "c b.json", "notes.txt", "words.jar")) {
            bench.path(name).createFile()
        }
        bench.path("runs").createDirectories()

        fun run(vararg command: String): List<String> {
            val shell =
                ProcessBuilder(*command).directory(bench.folder.toFile()).redirectErrorStream(true)
            val process = shell.start()
            // A shell on a terminal may wait for ever.
            val timer = thread {
                if (!process.waitFor(30, TimeUnit.SECONDS)) process.destroyForcibly()
            }
            val lines = process.inputReader(Charsets.UTF_8).readLines()
            timer.join()
            return lines.filter { it.isNotBlank() }
        }

        fun isThere(shell: String): Boolean =
            try {
                ProcessBuilder(shell, "--version").start().waitFor() == 0
            } catch (_: IOException) {
                false
            }

        for (shell in Shell.entries.filter { isThere(it.name.lowercase()) }) {
            val name = shell.name.lowercase()
            name -
                {
                    val script = bench.path("completion.$name")
                    val printed = bench.sparring("completion", name)
                    script.writeText(printed.out)
                    // Words apart by spaces, as they are typed; the last is to be completed.
                    fun completed(line: String) =
                        run(*shell.ask("$script", line)).map { it.replace("\\ ", " ") }.distinct()

                    "reads the script without a word" {
                        printed.code shouldBe 0
                        run(name, "-n", "$script") shouldBe emptyList()
                        printed.out shouldNotContain "bench-measure"
                    }

                    "commands" {
                        completed("sparring tr") shouldBe listOf("train")
                        completed("sparring ") shouldContainAll
                            listOf("train", "sample", "help", "completion")
                        completed("sparring help sam") shouldBe listOf("sample")
                        completed("sparring --quiet rep") shouldContainExactlyInAnyOrder
                            listOf("report", "reproduce")
                    }

                    "options of the command" {
                        completed("sparring train --res") shouldBe listOf("--resume")
                        completed("sparring sample --interp").map { it.removeSuffix("=") } shouldBe
                            listOf("--interpolate")
                        val all = completed("sparring sample --").map { it.removeSuffix("=") }
                        all shouldContainAll listOf("--truncation", "--threads", "--quiet")
                        all shouldNotContain "--resume"
                    }

                    "values of a choice" {
                        completed("sparring train --engine n") shouldBe listOf("nd4j")
                        completed(
                            "sparring sample runs --interpolate "
                        ) shouldContainExactlyInAnyOrder listOf("lerp", "slerp")
                        completed("sparring export runs --to o") shouldBe listOf("onnx")
                        completed("sparring completion f") shouldBe listOf("fish")
                    }

                    "files of the right kind" {
                        val recipes = completed("sparring train ").map { it.removeSuffix("/") }
                        recipes shouldContainAll listOf("a.gan.kts", "b.yaml", "c b.json", "runs")
                        recipes shouldNotContain "notes.txt"
                        completed("sparring sample ").map { it.removeSuffix("/") } shouldBe
                            listOf("runs")
                        completed("sparring train --with ") shouldContain "words.jar"
                        completed("sparring train --with ") shouldNotContain "b.yaml"
                    }

                    "nothing where nothing is known" {
                        completed("sparring train --seed ") shouldBe emptyList()
                    }
                }
        }
    })

private enum class Shell {
    BASH {
        override fun ask(script: String, line: String): Array<String> {
            val words = line.split(' ').joinToString(" ") { "'$it'" }
            val asked =
                "source $script; COMP_WORDS=($words); COMP_CWORD=\$((\${#COMP_WORDS[@]} - 1)); " +
                    "_sparring; printf '%s\\n' \"\${COMPREPLY[@]}\""
            return arrayOf("bash", "--norc", "-c", asked)
        }
    },
    FISH {
        override fun ask(script: String, line: String): Array<String> =
            arrayOf(
                "fish",
                "--no-config",
                "-c",
                "source $script; complete -C '$line' | string split -f 1 \\t",
            )
    },
    ZSH {
        /** Its completion works in an interactive shell only, that is, on a pseudo terminal. */
        override fun ask(script: String, line: String): Array<String> =
            arrayOf("zsh", "-f", "-c", ZPTY, "zsh", script, line)
    };

    /** The command that prints what the shell offers for the end of a line. */
    abstract fun ask(script: String, line: String): Array<String>
}

/** Lets `compadd` write down what it is given, and shows nothing on the terminal. */
private val ZPTY =
    """
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell "PROMPT=; autoload -Uz compinit && compinit -u -D; source ${'$'}1"
    zpty -w shell 'compadd() {
      typeset -a found; builtin compadd -A found "${'$'}@"; builtin compadd "${'$'}@"
      (( ${'$'}#found )) && print -rl -- "${'$'}{found[@]}" >> found
    }'
    zpty -w shell "finish() { BUFFER='echo do''ne'; zle accept-line }"
    zpty -w shell "zle -N finish; bindkey '^Xd' finish; bindkey '^I' complete-word; setopt no_list_beep no_auto_list; echo rea''dy"
    while zpty -r shell line; do [[ ${'$'}line == *ready* ]] && break; done
    zpty -w -n shell "${'$'}2"${'$'}'\t\x18d'
    while zpty -r shell line; do [[ ${'$'}line == *done* ]] && break; done
    zpty -d shell
    [[ -f found ]] && { cat found; rm found; }
    """
        .trimIndent()
