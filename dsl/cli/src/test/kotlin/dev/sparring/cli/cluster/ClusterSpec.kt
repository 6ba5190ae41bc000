package dev.sparring.cli.cluster

import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Outcome
import dev.sparring.cli.Terminal
import dev.sparring.cli.TrainCommand
import dev.sparring.cli.Words
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.cli.sweep.TINY
import dev.sparring.cli.workbench
import dev.sparring.dsl.sweep.SweepText
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunHold
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainInOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Path
import java.util.jar.Attributes
import java.util.jar.JarOutputStream
import java.util.jar.Manifest
import kotlin.concurrent.thread
import kotlin.io.path.createDirectories
import kotlin.io.path.createFile
import kotlin.io.path.exists
import kotlin.io.path.outputStream
import kotlin.io.path.readLines
import kotlin.io.path.readText

/** Sweeps on a cluster, by one that is none; `sparring-spark` has tests with a real one. */
class ClusterSpec :
    FreeSpec({
        val bench = workbench()
        bench.file("tiny.yaml", TINY)
        val sweep = bench.file("sweep.yaml", "recipe: tiny.yaml\nseeds: 2\nmeasure: loss_d")

        fun onCluster(vararg args: Any): Outcome =
            FakeCluster.present(bench.path("services")) {
                bench.sparring("sweep", sweep, "--spark", "fake://here", *args)
            }

        /** Trains as a process of the run would. */
        fun train(run: ClusterRun): Outcome =
            bench.sparring(
                *run.arguments.drop(1).minus(TrainCommand.END_WITH_PARENT).toTypedArray<Any>()
            )

        "its table is that of the sweep on this machine, and rows come one by one" {
            val local = bench.path("local")
            val alone = bench.sparring("sweep", sweep, "--out", local)
            FakeCluster.work = { run, listener ->
                val trained = train(run)
                withClue(trained.err) { trained.code shouldBe 0 }
                listener.ended(run, 0, "", "host-b", 1.25)
            }
            val out = bench.path("out")
            val first = onCluster("--out", out, "--threads", 3, "--spark-conf", "spark.a=b=c")
            withClue(first.err) { first.code shouldBe 0 }
            first.out shouldBe alone.out
            first.err.lines().let {
                it[0] shouldMatch
                    Regex(
                        "\\[1/2] base, seed 1: completed in 1\\.3 s on host-b: loss_d .*; 1 to go"
                    )
                it[1] shouldMatch Regex("\\[2/2] base, seed 2: completed .*; 0 to go")
                it.size shouldBe 3
            }
            for (file in listOf("table.csv", "runs.csv")) {
                // The cluster was asked for three threads, and a run records how many it was given.
                val there = out.resolve(file).readText().replace("VM\",3,", "VM\",1,")
                there shouldBe local.resolve(file).readText()
            }
            val order = FakeCluster.orders.last()
            order.master shouldBe "fake://here"
            order.settings shouldBe mapOf("spark.a" to "b=c")
            order.threads shouldBe 3
            order.needsCard shouldBe false
            FakeCluster.closed shouldBe FakeCluster.orders.size

            // Nothing is left to do: no cluster is asked.
            FakeCluster.work = { _, _ -> error("not asked") }
            onCluster("--out", out) shouldBe Outcome(0, first.out, "2 of 2 runs are finished\n")
        }

        "the command of a run has all that another machine needs" {
            val runs = mutableListOf<ClusterRun>()
            FakeCluster.work = { run, listener ->
                runs += run
                listener.failed(run, "not tried")
            }
            val out = bench.path("commands")
            onCluster("--out", out, "--device", "cuda", "--set", "train.portable=true")
                .code shouldBe 2
            val run = runs[1]
            run.title shouldBe "[2/2] base, seed 2"
            run.folder shouldBe "${Path.of("").toAbsolutePath()}"
            run.log shouldBe "$out/base/seed-2.log"
            run.threads shouldBe null
            run.options.last() shouldBe "-Dsparring.defaults=none"
            run.arguments shouldContainInOrder
                listOf("dev.sparring.cli.MainKt", "train", "$out/base/recipe.yaml", "--out") +
                    listOf("$out/base/seed-2", "--seed", "2", "--end-with-parent") +
                    listOf("--device", "cuda:0", "--resume", "--wait-for-run", "60")
            FakeCluster.orders.last().needsCard shouldBe true
        }

        "a run that fails is a row, and so is one that was lost; the same command trains them" {
            val out = bench.path("failing")
            FakeCluster.work = { run, listener ->
                if (run.title.startsWith("[1/")) listener.ended(run, 137, "step 2", "host-c", 9.0)
                else listener.failed(run, "lost four times")
            }
            val first = onCluster("--out", out)
            first.code shouldBe 2
            val lines =
                listOf(
                    "[1/2] base, seed 1: killed by signal 9 (SIGKILL): step 2: the system may have " +
                        "run out of memory; fewer runs at a time or a smaller batch need less (in " +
                        "9.0 s on host-c, $out/base/seed-1.log)",
                    "[2/2] base, seed 2: lost four times",
                )
            first.err.trim().lines() shouldBe
                listOf("${lines[0]}; 1 to go", "${lines[1]}; 0 to go") + lines
            out.resolve("runs.csv").readLines().map { it.split(",")[2] } shouldBe
                listOf("status", "failed", "failed")
            FakeCluster.work = { run, listener ->
                train(run).code shouldBe 0
                listener.ended(run, 0, "", "host-c", 1.0)
            }
            onCluster("--out", out).code shouldBe 0
        }

        "a cluster that cannot be reached is one line" {
            FakeCluster.work = { _, _ -> throw ClusterException("no machine is there") }
            val out = bench.path("nowhere")
            onCluster("--out", out) shouldBe Outcome(2, "", "--spark: no machine is there\n")
            out.resolve("table.csv").exists() shouldBe false
        }

        "bad input is one line, before anything runs" -
            {
                fun line(vararg args: Any) =
                    bench.sparring("sweep", sweep, "--out", bench.path("none"), *args)
                listOf(
                        listOf("--spark", "spark://a:7077") to
                            "--spark: sparring-spark is not on the class path; SPARRING_CLASSPATH=" +
                                "sparring-spark.jar:SPARK_HOME/jars/* puts it and Spark there (see " +
                                "samples/sweeps/spark.md)",
                        listOf("--spark-conf", "spark.a=b") to "--spark-conf: goes with --spark",
                        listOf("--spark", "x", "--spark-conf", "cores=2") to
                            "--spark-conf: expected spark.KEY=VALUE, got 'cores=2'",
                        listOf("--spark", "x", "--spark-conf", "spark.a=1") +
                            listOf("--spark-conf", "spark.a=2") to
                            "--spark-conf: spark.a is there twice",
                        listOf("--spark", "x", "--part", "1/2") to
                            "--part: with --spark the cluster shares out the runs; leave one out",
                        listOf("--spark", "x", "--jobs", "1") to
                            "--jobs: with --spark there are as many runs at a time as the cluster " +
                                "has cores for, --threads each; leave it out, or bound it by " +
                                "--spark-conf spark.cores.max=N",
                        listOf("--spark", "x", "--device", "cuda:1") to
                            "--device: with --spark each run has a card by itself, which is its " +
                                "cuda:0; write cuda",
                    )
                    .forEach { (args, message) ->
                        val name = args.joinToString(" ")
                        name { line(*args.toTypedArray()) shouldBe Outcome(2, "", "$message\n") }
                    }
            }

        "a default number of jobs yields" {
            FakeCluster.work = { _, _ -> throw ClusterException("reached") }
            val before = bench.environment
            bench.environment += "SPARRING_JOBS" to "2"
            val outcome = onCluster("--out", bench.path("jobs"))
            bench.environment = before
            outcome.err.lines().takeLast(3) shouldBe
                listOf(
                    "jobs 2 by SPARRING_JOBS counts for nothing with --spark",
                    "--spark: reached",
                    "",
                )
        }

        "a process waits for the one before it, which writes its checkpoint" {
            val run = bench.path("waited")
            val hold = RunHold.of(RunDirectory(run)) {}
            val tiny = bench.path("tiny.yaml")
            val refused = bench.sparring("train", tiny, "--out", run, TrainCommand.WAIT, 1)
            refused.code shouldBe 2
            refused.err shouldContain "; waiting for it\n"
            refused.err shouldContain "; wait for it, or name another directory\n"
            val other = thread {
                Thread.sleep(1500)
                hold.close()
            }
            val args = arrayOf("--out", run, "--resume", TrainCommand.WAIT, 60)
            val trained = bench.sparring("train", tiny, *args)
            other.join()
            withClue(trained.err) { trained.code shouldBe 0 }
            trained.err shouldContain "; waiting for it\n"
        }

        "what has ended elsewhere is awaited here, and a failure if it cannot be seen" {
            val out = bench.path("unseen")
            val words = Words.load(emptyList())
            val read =
                SweepText.read(sweep, emptyList(), words.format) {
                    LoadedRecipe.read(it, emptyList(), words).recipe
                }
            val runs = SweepRun.all(read, out, words)
            val text = ByteArrayOutputStream()
            val ends = ClusterEnds(2, Terminal(System.out, PrintStream(text)), { "" }, seconds = 1)
            val task = ClusterRun("", "", "", emptyList(), null, "", emptyList())
            for (run in runs) ends.listener { run }.ended(task, 0, "", "host-d", 2.0)
            text.toString() shouldBe
                "[1/2] base, seed 1: completed in 2.0 s on host-d; 1 to go\n" +
                    "[2/2] base, seed 2: completed in 2.0 s on host-d; 0 to go\n"
            val run = runs[0].directory.path
            bench
                .sparring("train", bench.path("tiny.yaml"), "--seed", 1, "--out", run)
                .code shouldBe 0
            ends.failures() shouldBe
                listOf(
                    "[2/2] base, seed 2: has ended on host-d, but $out/base/seed-2 here does not " +
                        "show it; is it the same folder there?"
                )
        }

        "the class path of processes is the jar with the jars that it names" {
            val lib = bench.path("lib").createDirectories()
            fun jar(vararg names: String): Path {
                val manifest = Manifest()
                manifest.mainAttributes[Attributes.Name.MANIFEST_VERSION] = "1.0"
                if (names.isNotEmpty()) {
                    manifest.mainAttributes[Attributes.Name.CLASS_PATH] = names.joinToString(" ")
                }
                val jar = lib.resolve("cli.jar")
                JarOutputStream(jar.outputStream(), manifest).close()
                return jar
            }
            lib.resolve("a b.jar").createFile()
            ChildClassPath.isComplete(jar("a%20b.jar")) shouldBe true
            ChildClassPath.isComplete(jar("a%20b.jar", "missing.jar")) shouldBe false
            ChildClassPath.isComplete(jar()) shouldBe false
        }
    })
