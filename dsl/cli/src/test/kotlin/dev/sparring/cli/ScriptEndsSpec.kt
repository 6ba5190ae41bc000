package dev.sparring.cli

import dev.sparring.script.ScriptKind
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.exists
import kotlin.io.path.readText

/** What a script may end with: two recipes, of which the second needs its script to be read. */
private const val LIST =
    """
    fun small(title: String, start: Initializer) = gan(title) {
        data = ring()
        generator(latent = 2) { init = start; dense(2) }
        discriminator { dense(1) }
        optimizer(adam(lr = 1e-3))
        train(steps = 2, batch = 4)
        output(samplesEvery = 2, checkpointsEvery = 2)
    }
    listOf(small("plain", orthogonal), small("drawn", initializer { weight, random ->
        DoubleArray(weight.shape.elements().toInt()) { random.gaussian() }
    }))
    """

private const val SWEEP =
    """
    sweep {
        recipe = gan("tiny") {
            data = ring()
            generator(latent = 2) { dense(2) }
            discriminator { dense(1) }
            train(steps = 2, batch = 4)
        }
        axis("discriminator.norm", none, sn)
        axis("train.batch", "few" to 2)
        seeds(2)
        measure("loss_d")
        compare("discriminator.norm" to none, test = ComparisonTest.PAIRED, lower = listOf("loss_d"))
    }
    """

private const val PROGRAM =
    """
    val recipe = gan("alone") {
        data = ring()
        generator(latent = 2) { dense(2) }
        discriminator { dense(1) }
        train(steps = 3, batch = 4)
    }
    check(args.toList() == listOf("a", "--b")) { args.toList() }
    Engines.open("torch", Device.CPU, recipe.train.precision).use { engine ->
        val training = Training.of(recipe, engine)
        training.listen(object : TrainingListener {
            override fun stepped(training: Training, step: Step) {
                java.io.File("LOG").appendText("step " + step.number + "\n")
            }
        })
        training.run()
    }
    """

class ScriptEndsSpec :
    FreeSpec({
        val bench = workbench()
        val list = bench.file("l.gan.kts", LIST)

        "of a list one recipe is chosen, by its number or name, and never the first in silence" {
            val choose =
                "$list: has 2 recipes; choose one: l.gan.kts#1 (plain), l.gan.kts#2 (drawn)\n"
            for (command in listOf("train", "probe")) {
                bench.sparring(command, list) shouldBe Outcome(2, "", choose)
            }
            bench.sparring("diff", "$list#1", list).err shouldBe choose
            bench.sparring("convert", "$list#plain", "--to", "yaml").out shouldStartWith
                "name: plain"
            bench.sparring("check", "$list#3").err shouldBe
                "$list: has no recipe '3'; there is l.gan.kts#1 (plain), l.gan.kts#2 (drawn)\n"
            bench.sparring("diff", "$list#1", "$list#drawn").out shouldContain "generator.init"
            bench.sparring("sweep", list).err shouldBe
                "$list: ends with a list of recipes; sparring train $list#1 trains the first\n"
        }

        "check prints all of a list" {
            val checked = bench.sparring("check", list)
            checked.code shouldBe 0
            checked.out.lines().filter { it.startsWith("$list#") } shouldBe
                listOf("$list#1 (plain)", "$list#2 (drawn)")
        }

        "a run of a list keeps the script and which recipe it is" {
            val run = bench.path("drawn")
            bench.sparring("train", "$list#2", "--out", run).code shouldBe 0
            run.resolve("run.json").readText() shouldContain "\"recipe\" : 2"
            bench.sparring("sample", run, "--out", bench.path("s.png")).code shouldBe 0
            bench.sparring("reproduce", run, "--out", bench.path("again")).code shouldBe 0
            bench
                .sparring("train", "$list#drawn", "--out", run, "--resume", "--steps", 3)
                .code shouldBe 0
            bench.sparring("train", "$list#1", "--out", run, "--resume").code shouldBe 2
        }

        "a script that ends with a sweep is for sweep" {
            val sweep = bench.file("norms.gan.kts", SWEEP)
            val planned = bench.sparring("sweep", sweep, "--out", bench.path("o"), "--dry-run")
            planned.err shouldBe ""
            planned.out.lines()[0] shouldBe
                "[1/4] none, few, seed 1: to be run, ${bench.path("o")}/norm=none_batch=few/seed-1"
            bench.sparring("train", sweep) shouldBe
                Outcome(2, "", "$sweep: ends with a sweep; sparring sweep $sweep trains it\n")
            bench.sparring("sweep", "$sweep", "--set", "train.batch=x", "--dry-run").err shouldBe
                "--set train.batch=x: train.batch: expected a whole number, got 'x'\n"
            val out = bench.path("out")
            bench
                .sparring("sweep", sweep, "--out", out, "--set", "train.steps=1", "--jobs", 2)
                .code shouldBe 0
            out.resolve("table.csv").readText() shouldContain "loss_d_p"
        }

        "a mistake in a sweep has its place" {
            val wrong = bench.file("w.gan.kts", SWEEP.replace("\"loss_d\"", "\"los_d\""))
            bench.sparring("sweep", wrong, "--dry-run").err shouldStartWith
                "$wrong:11:5: measure: unknown column 'los_d', did you mean 'loss_d'?"
        }

        "a program is for run, which gives it its arguments" {
            val log = bench.path("log.txt")
            val program = bench.file("p.gan.kts", PROGRAM.replace("LOG", "$log"))
            bench.sparring("train", program) shouldBe
                Outcome(
                    2,
                    "",
                    "$program: the last expression is a dev.sparring.train.Ending, so this is a " +
                        "program; sparring run $program runs it; a recipe ends with gan { ... }\n",
                )
            log.exists() shouldBe false
            bench.sparring("run", program, "--", "a", "--b") shouldBe Outcome(0, "", "")
            log.readText() shouldBe "step 1\nstep 2\nstep 3\n"
            bench.sparring("run", program).err shouldBe
                "$program:7: java.lang.IllegalStateException: []\n"
            bench.sparring("run", list).err shouldBe
                "$list: ends with a list of recipes; sparring train $list#1 trains the first\n"
            val text = bench.file("small.yaml", Workbench.SMALL)
            bench.sparring("run", text).err shouldBe
                "$text: is no script; sparring train $text trains a recipe\n"
        }

        "a list with something else in it is refused" {
            val mixed = bench.file("m.gan.kts", LIST.replace("small(\"plain\", orthogonal)", "3"))
            bench.sparring("train", "$mixed#2").err shouldBe
                "$mixed: item 1 of its list is a java.lang.Integer; expected recipes, gan { ... }\n"
        }

        "what a script is follows from the type of its end" {
            fun kind(type: String?) = ScriptKind.of(type)
            kind("dev.sparring.recipe.Recipe?") shouldBe ScriptKind.RECIPE
            kind("kotlin.collections.(Mutable)List<dev.sparring.recipe.Recipe!>!") shouldBe
                ScriptKind.RECIPES
            kind("kotlin.Array<out dev.sparring.recipe.Recipe>") shouldBe ScriptKind.RECIPES
            kind("dev.sparring.dsl.sweep.SweepDefinition") shouldBe ScriptKind.SWEEP
            kind("kotlin.collections.List<kotlin.Any>") shouldBe ScriptKind.UNKNOWN
            kind("kotlin.Any?") shouldBe ScriptKind.UNKNOWN
            kind("kotlin.collections.List<kotlin.String>") shouldBe ScriptKind.PROGRAM
            kind("kotlin.String") shouldBe ScriptKind.PROGRAM
            kind(null) shouldBe ScriptKind.PROGRAM
        }
    })
