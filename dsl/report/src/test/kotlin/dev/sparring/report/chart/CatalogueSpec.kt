package dev.sparring.report.chart

import dev.sparring.report.Fixture
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.map
import io.kotest.property.arbitrary.set
import io.kotest.property.checkAll

class CatalogueSpec :
    FreeSpec({
        val nothing = Series(doubleArrayOf(), doubleArrayOf())

        fun catalogue(columns: Collection<String>) =
            Catalogue(columns.associateWith { Series(doubleArrayOf(1.0), doubleArrayOf(2.0)) })

        fun Catalogue.titles(part: Part) = charts[part].orEmpty().map { it.title }

        "metrics are grouped, and each has its name" {
            val all = catalogue(Fixture.COLUMNS)
            all.titles(Part.LOSSES) shouldContainExactly listOf("Losses")
            all.titles(Part.QUALITY) shouldContainExactly
                listOf(
                    "Fréchet distance (extractor pixels)",
                    "Fréchet distance (extractor classifier)",
                    "Kernel distance (extractor classifier)",
                    "Precision and recall (extractor classifier)",
                    "Modes hit",
                    "High-quality samples",
                )
            all.titles(Part.SCORES) shouldContainExactly
                listOf(
                    "Scores of the discriminator",
                    "Active share of the hinge loss",
                    "Slope of the discriminator",
                    "Diversity",
                )
            all.titles(Part.DIAGNOSTICS).take(5) shouldContainExactly
                listOf(
                    "Gradient norm",
                    "Gradient norm by weight: discriminator",
                    "Gradient norm by weight: generator",
                    "Variance of the weights: discriminator",
                    "Variance of the weights: generator",
                )
            all.titles(Part.OTHER) shouldContainExactly listOf("penguins", "zeal")
        }

        "a weight's metrics are lines of its player's plots" {
            val charts = catalogue(Fixture.COLUMNS).charts.getValue(Part.DIAGNOSTICS)
            val gradients = charts.first { it.title == "Gradient norm by weight: discriminator" }
            gradients.isLog shouldBe true
            gradients.panels.map { it.title } shouldContainExactly
                listOf("by the raw weight", "by the normalized weight")
            gradients.names shouldContainExactly listOf("0.weight", "2.weight")
            val variances = charts.first { it.title == "Variance of the weights: generator" }
            variances.reference shouldBe 1.0
            variances.panels.map { it.title } shouldContainExactly
                listOf("over LeCun's", "over Xavier's", "over He's")
            variances.panels.forEach { panel ->
                panel.lines.map { it.name } shouldContainExactly listOf("0.weight")
            }
            val updates = charts.first { it.title == "Update ratio: generator" }
            (updates.isLog to updates.reference) shouldBe (true to 1e-3)
        }

        "whatever the columns are called, each is drawn exactly once" {
            val words =
                Arb.element(
                    listOf("loss_d", "grad_norm", "grad_norm_normalized", "precision", "sigma") +
                        listOf("discriminator", "generator", "0", "weight", "pixels", "zeal", "") +
                        listOf("seconds", "variance_he", "kernel_distance_std", "modes")
                )
            val names = Arb.list(words, 1..4).map { it.joinToString(".") }
            checkAll(500, Arb.set(names, 0..12)) { columns ->
                val series =
                    columns.associateWith { Series(doubleArrayOf(1.0), doubleArrayOf(2.0)) }
                val drawn =
                    Catalogue(series).charts.values.flatten().flatMap { chart ->
                        chart.panels.flatMap { panel -> panel.lines.map { it.series } }
                    }
                drawn.map(System::identityHashCode) shouldContainExactlyInAnyOrder
                    series.values.map(System::identityHashCode)
            }
        }

        "no two lines of a plot have the same name" {
            for (chart in catalogue(Fixture.COLUMNS).charts.values.flatten()) {
                for (panel in chart.panels) {
                    panel.lines.map { it.name }.distinct().size shouldBe panel.lines.size
                }
            }
        }

        "metrics of the backward direction stand beside those of the forward one" {
            val both =
                listOf("", ".back").flatMap { way ->
                    listOf("d_real", "d_fake", "slope_real", "slope_fake", "diversity").map {
                        "$it$way"
                    }
                } +
                    listOf("generator", "discriminator").flatMap { player ->
                        listOf("", "_back").flatMap {
                            listOf("grad_norm.$player$it", "grad_norm.$player$it.0.weight")
                        }
                    }
            val all = catalogue(both)
            val lines = { c: Chart -> c.panels.single().lines.map { it.name } }
            all.charts.getValue(Part.SCORES).map { it.title to lines(it) } shouldContainExactly
                listOf(
                    "Scores of the discriminator" to
                        listOf(
                            "real samples",
                            "generated samples",
                            "real sources",
                            "generated sources",
                        ),
                    "Slope of the discriminator" to
                        listOf(
                            "at real samples",
                            "at generated samples",
                            "at real sources",
                            "at generated sources",
                        ),
                    "Diversity" to listOf("diversity", "backward direction"),
                )
            all.titles(Part.DIAGNOSTICS) shouldContainExactly
                listOf("Gradient norm") +
                    listOf("generator", "generator_back", "discriminator", "discriminator_back")
                        .map { "Gradient norm by weight: $it" }
            lines(all.charts.getValue(Part.DIAGNOSTICS).first()) shouldContainExactly
                listOf("discriminator", "generator", "discriminator_back", "generator_back")
            all.charts[Part.OTHER] shouldBe null
        }

        "columns without a number yet are listed" {
            val some = Catalogue(mapOf("zeal" to nothing, "loss_d" to nothing))
            some.empty shouldContainExactly listOf("zeal", "loss_d")
            some.charts shouldBe emptyMap()
        }
    })
