package dev.sparring.cli.sweep

import com.charleskorn.kaml.Yaml
import com.charleskorn.kaml.YamlMap
import com.charleskorn.kaml.YamlNode
import com.charleskorn.kaml.yamlList
import com.charleskorn.kaml.yamlMap
import com.charleskorn.kaml.yamlScalar
import dev.sparring.cli.BadInput
import dev.sparring.cli.NotOnWindows
import dev.sparring.cli.Outcome
import dev.sparring.cli.workbench
import dev.sparring.file.FolderLock
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunHold
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.readText

/** Parts of a sweep, as the queues of clusters run them. */
@EnabledIf(NotOnWindows::class)
class SweepPartSpec :
    FreeSpec({
        fun message(text: String, environment: Map<String, String> = emptyMap()) =
            shouldThrow<BadInput> { SweepPart.of(text, environment) }.message

        fun slurm(id: Int, count: Int, first: Int, step: Int = 1) =
            mapOf(
                "SLURM_ARRAY_TASK_ID" to "$id",
                "SLURM_ARRAY_TASK_COUNT" to "$count",
                "SLURM_ARRAY_TASK_MIN" to "$first",
                "SLURM_ARRAY_TASK_STEP" to "$step",
            )

        "parts have every run once" {
            val runs = (0..9).toList()
            SweepPart(1, 4).of(runs) shouldContainExactly listOf(0, 4, 8)
            (1..4).flatMap { SweepPart.of("$it/4", emptyMap()).of(runs) }.sorted() shouldBe runs
            SweepPart(12, 12).of(runs) shouldBe emptyList()
        }

        "queues say which part it is" {
            SweepPart.of("auto", slurm(0, 8, 0)) shouldBe SweepPart(1, 8)
            SweepPart.of("auto", slurm(8, 8, 1)) shouldBe SweepPart(8, 8)
            SweepPart.of("auto", slurm(20, 4, 0, 10)) shouldBe SweepPart(3, 4)
            SweepPart.of("auto", slurm(4, 8, 0) - "SLURM_ARRAY_TASK_STEP") shouldBe SweepPart(5, 8)
            val pod = mapOf("JOB_COMPLETION_INDEX" to "7", "JOB_COMPLETIONS" to "8")
            SweepPart.of("auto", pod) shouldBe SweepPart(8, 8)
        }

        "what is missing or wrong is one line" {
            message("2") shouldBe "--part: expected K/N, such as 1/4, or auto, got '2'"
            message("0/4") shouldBe "--part: the parts are 1/4 to 4/4, got 0/4"
            message("5/4") shouldBe "--part: the parts are 1/4 to 4/4, got 5/4"
            message("1/0") shouldBe "--part: 1 to 10000 parts, got 0"
            message("auto") shouldBe
                "--part auto: neither SLURM_ARRAY_TASK_ID (a Slurm array) nor JOB_COMPLETION_INDEX " +
                    "(a Kubernetes Job with completionMode: Indexed) is set; without them, write " +
                    "--part K/N"
            message("auto", mapOf("SLURM_ARRAY_TASK_ID" to "3")) shouldBe
                "--part auto: SLURM_ARRAY_TASK_COUNT is not set; Slurm sets it; or write --part K/N"
            message("auto", slurm(7, 3, 1)) shouldBe
                "--part auto: SLURM_ARRAY_TASK_ID 7 is not one of 3 from 1 by steps of 1; expected " +
                    "an array such as --array=0-7, or write --part K/N"
            message("auto", mapOf("JOB_COMPLETION_INDEX" to "3")) shouldBe
                "--part auto: JOB_COMPLETIONS is not set; Kubernetes does not tell it: set it in " +
                    "the Job to its completions"
            message("auto", mapOf("JOB_COMPLETION_INDEX" to "x", "JOB_COMPLETIONS" to "2")) shouldBe
                "--part auto: JOB_COMPLETION_INDEX: expected a whole number, got 'x'"
            message("auto", mapOf("JOB_COMPLETION_INDEX" to "2", "JOB_COMPLETIONS" to "2")) shouldBe
                "--part auto: JOB_COMPLETION_INDEX is 2, JOB_COMPLETIONS only 2"
        }

        "parts train their runs, and the sweep then only writes the table" {
            val bench = workbench()
            bench.file("tiny.yaml", TINY)
            val sweep = bench.file("sweep.yaml", "recipe: tiny.yaml\nseeds: 3\nmeasure: loss_d")
            val out = bench.path("out")
            val first = bench.sparring("sweep", sweep, "--out", out, "--part", "1/2")
            withClue(first.err) { first.code shouldBe 0 }
            first.out shouldBe ""
            first.err shouldContain "part 1 of 2: 2 runs are finished\n"
            first.err shouldContain "[3/3] base, seed 3: "
            out.resolve("base/seed-2").exists() shouldBe false
            out.resolve("table.csv").exists() shouldBe false
            bench.sparring("report", out).code shouldBe 0
            out.resolve("report.html").readText() shouldContain "The sweep is not finished"

            // Another part has the run; its holder is named, and no table is written either.
            val run = out.resolve("base/seed-2")
            RunHold.of(RunDirectory(run.createDirectories())) {}
                .use {
                    val mine = "process ${ProcessHandle.current().pid()} on "
                    val held = bench.sparring("sweep", sweep, "--out", out, "--part", "2/2")
                    held.code shouldBe 2
                    held.err.trim().lines().size shouldBe 1
                    held.err shouldStartWith
                        "[2/3] base, seed 2: $run: is being written to by $mine"
                    val whole = bench.sparring("sweep", sweep, "--out", out)
                    whole.code shouldBe 2
                    whole.out shouldBe ""
                    whole.err shouldContain "[2/3] base, seed 2: $run: is being written to by $mine"
                    whole.err shouldContain
                        "; wait for the parts of this sweep, then start it again"
                    out.resolve("table.csv").exists() shouldBe false
                }
            run.toFile().deleteRecursively()

            bench.environment += mapOf("JOB_COMPLETION_INDEX" to "1", "JOB_COMPLETIONS" to "2")
            bench.sparring("sweep", sweep, "--out", out, "--part", "auto").code shouldBe 0
            val done = bench.sparring("sweep", sweep, "--out", out)
            done.err shouldBe "3 of 3 runs are finished\n"
            done.out.lines()[1] shouldContain "  3 of 3  "
            bench.sparring("sweep", sweep, "--out", out, "--part", "5/5") shouldBe
                Outcome(0, "", "part 5 of 5 has no runs: there are fewer runs than parts\n")
            bench.sparring("sweep", sweep, "--part", "2/3", "--dry-run", "--out", out).out shouldBe
                "[2/3] base, seed 2: finished, $run\n"
        }

        "no part works beside a whole sweep" {
            val bench = workbench()
            bench.file("tiny.yaml", TINY)
            val sweep = bench.file("sweep.yaml", "recipe: tiny.yaml\nseeds: 1")
            val out = bench.path("out")
            FolderLock.take(out).use {
                val refused = bench.sparring("sweep", sweep, "--out", out, "--part", "1/1")
                refused.code shouldBe 2
                refused.err shouldContain "; a sweep is at work there already\n"
                out.resolve("base").exists() shouldBe false
            }
        }

        "the page's scripts are right" {
            val page = Path.of("../../samples/sweeps/queues.md").readText()
            fun blocks(language: String) =
                Regex("```$language\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
                    .findAll(page)
                    .map { it.groupValues[1] }
                    .toList()
            blocks("bash").size shouldBe 2
            for (script in blocks("bash")) {
                val bash = ProcessBuilder("bash", "-n").redirectErrorStream(true).start()
                bash.outputWriter().use { it.write(script) }
                withClue(bash.inputReader().readText()) { bash.waitFor() shouldBe 0 }
            }
            val job = Yaml.default.parseToYamlNode(blocks("yaml").single()).yamlMap
            fun YamlMap.at(key: String): YamlNode = checkNotNull(get<YamlNode>(key)) { key }
            job.at("apiVersion").yamlScalar.content shouldBe "batch/v1"
            val spec = job.at("spec").yamlMap
            spec.at("completionMode").yamlScalar.content shouldBe "Indexed"
            val pod = spec.at("template").yamlMap.at("spec").yamlMap
            val container = pod.at("containers").yamlList.items.single().yamlMap
            val count = container.at("env").yamlList.items.single().yamlMap
            count.at("name").yamlScalar.content shouldBe "JOB_COMPLETIONS"
            count.at("value").yamlScalar.content shouldBe spec.at("completions").yamlScalar.content
            val mounts = container.at("volumeMounts").yamlList.items.map { it.yamlMap }
            pod.at("volumes").yamlList.items.map {
                it.yamlMap.at("name").yamlScalar.content
            } shouldBe mounts.map { it.at("name").yamlScalar.content }
        }
    })
