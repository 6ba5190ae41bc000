package dev.sparring.cli

import dev.sparring.file.FolderLock
import dev.sparring.run.RunDirectory
import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.exists
import kotlin.io.path.fileSize
import kotlin.io.path.readText
import kotlin.io.path.relativeTo
import kotlin.random.Random

/**
 * Kills a training at random moments, goes on, and compares with one that was not killed.
 *
 * `-Dsparring.kills=50` kills that many times instead of a few, and sweeps as well;
 * `-Dsparring.kills.seed=N` repeats the moments of an earlier time as far as a machine repeats any.
 */
@EnabledIf(NotOnWindows::class)
class KillSpec :
    FreeSpec({
        val long = System.getProperty("sparring.kills")?.toInt()
        val seed = System.getProperty("sparring.kills.seed")?.toInt() ?: Random.nextInt()
        val random = Random(seed)
        println("kills with seed $seed")
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val settings =
            listOf(
                    "train.steps=${if (long == null) 60 else 40 * long}",
                    "output.checkpointsEvery=3",
                    "output.samplesEvery=2",
                    "output.diagnosticsEvery=7",
                    "output.keepBest={by: loss_g}",
                )
                .flatMap { listOf("--set", it) }
                .toTypedArray()

        "a training killed again and again ends in the bytes of one that was not" {
            val whole = bench.path("whole")
            bench.sparring("train", recipe, "--out", whole, *settings).code shouldBe 0
            val run = bench.path("killed")
            var killed = 0
            var early = 0
            var ended = false
            while (killed < (long ?: 3) && !ended) {
                val args = arrayOf("train", "$recipe", "--out", "$run", "--resume", *settings)
                val process = startJvm(bench.folder, *args)
                // Some moments are before the first file and in the middle of a resume.
                val isEarly = random.nextInt(4) == 0
                if (isEarly) sleep(random.nextLong(0, 1500))
                else {
                    awaitHolder(run, process)
                    sleep(random.nextLong(0, if (random.nextBoolean()) 60 else 600))
                }
                process.destroyForcibly().waitFor()
                ended = process.exitValue() == 0
                if (!ended) {
                    killed++
                    if (isEarly) early++
                    withClue(bench.path("log").readText()) { process.exitValue() shouldBe 137 }
                }
            }
            val last = bench.sparring("train", recipe, "--out", run, "--resume", *settings)
            withClue("seed $seed: ${last.err}") {
                last.code shouldBe 0
                same(run, whole)
                run.resolve("run.json").readText() shouldContain "\"status\" : \"completed\""
            }
            println("$killed kills survived, $early of them at any moment of the start")
        }

        "readers survive kills, and leave the run as it is" {
            val run = bench.path("whole")
            val before = trained(run)
            repeat(if (long == null) 1 else long / 10) {
                for (command in listOf("sample", "eval")) {
                    val process = startJvm(bench.folder, command, "$run")
                    sleep(random.nextLong(500, 3000))
                    process.destroyForcibly().waitFor()
                }
            }
            trained(run) shouldBe before
            bench.sparring("sample", run, "--out", bench.path("a.png")).code shouldBe 0
        }

        "a sweep killed again and again has the runs of one that was not"
            .config(enabled = long != null) {
                val sweep =
                    bench.file(
                        "sweep.yaml",
                        """
                        recipe: small.yaml
                        axes: { train.batch: [4, 8] }
                        seeds: 2
                        """,
                    )
                val more = settings.toList() + listOf("--set", "train.steps=120")
                val whole = bench.path("sweep")
                val first = bench.sparring("sweep", sweep, "--out", whole, *more.toTypedArray())
                withClue(first.err) { first.code shouldBe 0 }
                val out = bench.path("swept")
                var killed = 0
                repeat((long ?: 0) / 5) {
                    val process =
                        startJvm(
                            bench.folder,
                            *arrayOf("sweep", "$sweep", "--out", "$out", "--jobs", "2"),
                            *more.toTypedArray(),
                        )
                    awaitHolder(out, process)
                    sleep(random.nextLong(0, 8000))
                    // Every second time the runs are killed too, else they end with their parent.
                    val children = process.descendants().toList()
                    process.destroyForcibly().waitFor()
                    if (it % 2 == 0) children.forEach(ProcessHandle::destroyForcibly)
                    if (process.exitValue() == 137) killed++
                    children.forEach { child -> child.onExit().get(120, TimeUnit.SECONDS) }
                }
                val last = bench.sparring("sweep", sweep, "--out", out, *more.toTypedArray())
                withClue("seed $seed: ${last.err}") {
                    last.code shouldBe 0
                    out.resolve("table.csv").readText() shouldBe
                        whole.resolve("table.csv").readText()
                    for (run in runs(whole)) same(out.resolve(run.relativeTo(whole)), run)
                }
                println("$killed kills of sweeps survived")
            }
    })

private fun sleep(milliseconds: Long) = Thread.sleep(milliseconds)

/** Until a process holds a folder, or has ended. */
private fun awaitHolder(folder: Path, process: Process) {
    val lock = folder.resolve(FolderLock.FILE)
    awaited("a holder of $folder") {
        val isHeld = lock.exists() && lock.fileSize() > 0 && isHeld(folder, process)
        process.takeIf { isHeld || !it.isAlive }
    }
}

private fun isHeld(folder: Path, process: Process) =
    FolderLock.holder(folder).map { it.process == process.pid() }.orElse(false)

private fun runs(sweep: Path): List<Path> =
    Files.walk(sweep).use { all ->
        all.filter { it.fileName.toString() == "run.json" }.toList().map { it.parent }
    }

/** Everything that has no clock in it. */
private fun trained(run: Path): Map<String, Any> {
    val files = Workbench.contents(run)
    val clocks = setOf("run.json", "metrics.csv", FolderLock.FILE)
    return files.filterKeys {
        it !in clocks && !it.endsWith("state.json") && !it.startsWith("evaluations")
    } + ("rows" to rows(run)) + ("steps" to RunDirectory(run).checkpointSteps())
}

private fun same(run: Path, whole: Path) {
    val (a, b) = listOf(run, whole).map(::trained)
    a.keys shouldBe b.keys
    for ((file, content) in b) withClue("$run: $file") { (a[file] == content) shouldBe true }
}
