package dev.sparring.report

import io.kotest.core.TestConfiguration
import io.kotest.engine.spec.tempdir
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText
import kotlin.math.sin

/** A folder that is deleted after the spec. */
internal fun TestConfiguration.folder(): Path = tempdir("report").toPath()

/** Run directories and sweeps as Sparring leaves them, written without training anything. */
internal object Fixture {
    val RECIPE =
        """
        name: ring
        data: ring
        generator: { latent: 2, init: orthogonal, layers: [{ type: dense, units: 2 }] }
        discriminator: { norm: { type: bssn, scale: 1.4 }, layers: [{ type: dense, units: 1 }] }
        loss: hinge
        train: { steps: 300, batch: 8 }
        """
            .trimIndent()

    /** Every figure of diagnostics and evaluations, and some unknown ones. */
    val COLUMNS: List<String> =
        listOf("loss_d", "loss_g", "d_real", "d_fake", "hinge_active_real", "hinge_active_fake") +
            listOf("slope_real", "slope_fake", "diversity") +
            listOf("grad_norm.discriminator", "grad_norm.generator") +
            listOf("discriminator.0.weight", "discriminator.2.weight", "generator.0.weight")
                .flatMap { weight ->
                    val figures =
                        listOf("grad_norm", "weight_norm", "update_ratio", "sigma", "stable_rank") +
                            listOf("variance_lecun", "variance_xavier", "variance_he")
                    val normalized =
                        if (weight.startsWith("d")) listOf("grad_norm_normalized", "sigma_ratio")
                        else emptyList()
                    (figures + normalized).map { "$it.$weight" }
                } +
            listOf("frechet_distance.pixels", "frechet_distance.classifier") +
            listOf("kernel_distance.classifier", "kernel_distance_std.classifier") +
            listOf("precision.classifier", "recall.classifier", "modes_hit", "high_quality") +
            listOf("penguins.emperor", "penguins.king", "zeal")

    /** A figure that differs from column to column and is above 0. */
    fun value(column: String, step: Int): Double =
        2 + sin(step / 30.0) + (column.hashCode() and 7) / 10.0

    /** Figures of the losses in every row, the others in each [every]-th. */
    fun metrics(
        run: Path,
        steps: Int,
        columns: List<String> = COLUMNS,
        every: Int = 10,
        value: (String, Int) -> Double = ::value,
    ) {
        val text = StringBuilder("step,seconds,${columns.joinToString(",")}\n")
        for (step in 1..steps) {
            val cells =
                columns.map {
                    val isDue = it.startsWith("loss_") || step % every == 0
                    if (isDue) "${value(it, step)}" else ""
                }
            text.append("$step,${step / 50.0},${cells.joinToString(",")}\n")
        }
        run.createDirectories().resolve("metrics.csv").writeText(text.toString())
    }

    fun provenance(run: Path, status: String, step: Int, extra: String = "") {
        run.createDirectories()
            .resolve("run.json")
            .writeText(
                """{"name":"ring","status":"$status","seed":7,"steps":300,"engine":"torch",
                "engineVersion":"libtorch 2.10","device":"cpu","lastStep":$step$extra}"""
            )
    }

    fun picture(run: Path, step: Int, width: Int = 40) {
        val file = run.resolve("samples").createDirectories().resolve("%06d.png".format(step))
        val image = BufferedImage(width, width / 2, BufferedImage.TYPE_INT_RGB)
        for (x in 0 until width) image.setRGB(x, step % image.height, 0xff8800)
        ImageIO.write(image, "png", file.toFile())
    }

    /** A complete run: [steps] of 300, with every file that a run may have. */
    fun run(run: Path, status: String = "completed", steps: Int = 300): Path {
        metrics(run, steps)
        provenance(run, status, steps)
        run.resolve("recipe.yaml").writeText(RECIPE)
        for (step in 0..steps step 25) picture(run, step)
        run.resolve("evaluations")
            .createDirectories()
            .resolve("000300.json")
            .writeText(
                """{"step":300,"extractor":"pixels","samples":500,"real":400,"seed":7,"metrics":[
                {"figures":{"frechet_distance":3.59757863},"conditions":"500 fake samples",
                "warnings":["too few samples for 64 features"]}]}"""
            )
        run.resolve("findings.txt").writeText("step 120: D has won: its loss is near 0\n")
        return run
    }

    /** Two cells of three runs; the last run of the second one has diverged. */
    fun sweep(folder: Path): Path {
        val runs = StringBuilder("cell,discriminator.norm,seed,status,step,loss_d,zeal\n")
        for ((i, cell) in listOf("none", "sn, b=2").withIndex()) {
            val name = "norm=${cell.replace(Regex("[^a-z0-9]+"), "-")}"
            for (seed in 1..3) {
                val run = folder.resolve(name).resolve("seed-$seed")
                val hasDiverged = i == 1 && seed == 3
                val steps = if (hasDiverged) 37 else 60
                metrics(run, steps, listOf("loss_d", "loss_g", "zeal")) { column, step ->
                    value(column, step) + seed
                }
                run.resolve("recipe.yaml").writeText(RECIPE)
                provenance(run, if (hasDiverged) "diverged" else "completed", steps)
                picture(run, steps)
                val figures = if (hasDiverged) "," else "${seed + i}.5,${seed * 10}"
                val status = if (hasDiverged) "diverged" else "completed"
                runs.append("$name,\"$cell\",$seed,$status,$steps,$figures\n")
            }
        }
        folder.resolve("runs.csv").writeText(runs.toString())
        folder
            .resolve("table.csv")
            .writeText(
                "cell,discriminator.norm,n,failures,loss_d_mean,loss_d_sd,loss_d_lo95,loss_d_hi95,loss_d_p," +
                    "zeal_mean,zeal_sd,zeal_lo95,zeal_hi95,zeal_p\n" +
                    "norm=none,none,3,0,2.5,1.0,1.5,3.5,,20.0,10.0,10.0,30.0,\n" +
                    "norm=sn-b-2,\"sn, b=2\",2,1,3.0,0.7071067811865476,,,0.1428,15.0,7.0710678,,,1.0\n"
            )
        Files.createFile(folder.resolve(".lock"))
        return folder
    }
}
