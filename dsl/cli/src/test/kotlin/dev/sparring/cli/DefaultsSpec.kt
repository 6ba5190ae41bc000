package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Defaults of options in the environment and in the user's file. */
class DefaultsSpec :
    FreeSpec({
        val bench = workbench()
        val plain = bench.environment
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val folder = bench.path("config/sparring").createDirectories()
        val file = folder.resolve("config.properties")

        fun sparring(variables: Map<String, String>, config: String, vararg words: Any): Outcome {
            bench.environment = plain + variables
            file.writeText(config)
            return bench.sparring(*words)
        }

        "the command line comes first, then the environment, then the file" {
            val nd4j = mapOf("SPARRING_ENGINE" to "nd4j")
            val check = arrayOf<Any>("check", recipe)
            val none = sparring(mapOf(), "", *check)
            none.err shouldBe ""
            none.out shouldContain " on torch: "
            val ofFile = sparring(mapOf(), "# mine\nengine = nd4j\n", *check)
            ofFile.err shouldBe "engine nd4j by $file\n"
            ofFile.out shouldContain " on nd4j: "
            val ofVariable = sparring(nd4j, "engine = torch\n", *check)
            ofVariable.err shouldBe "engine nd4j by SPARRING_ENGINE\n"
            ofVariable.out shouldContain " on nd4j: "
            // Java's heap, which the estimate of memory has, may have grown in between.
            val ofTorch = sparring(mapOf("SPARRING_ENGINE" to "torch"), "engine = nd4j\n", *check)
            ofTorch.out.substringBeforeLast("memory:") shouldBe
                none.out.substringBeforeLast("memory:")
            ofTorch.out shouldContain " on torch: "
            val typed = arrayOf<Any>("probe", recipe, "--engine", "torch", "--seeds", 0)
            sparring(nd4j, "engine = nd4j\n", *typed).err shouldBe
                "--seeds must be 1 to 100, got 0\n"
        }

        "a run records them, and so do those of a sweep" {
            val run = bench.path("run")
            val variables = mapOf("SPARRING_THREADS" to "2", "SPARRING_QUIET" to "true")
            val trained =
                sparring(variables, "device=cpu\n", "train", recipe, "--steps", 1, "--out", run)
            trained.code shouldBe 0
            // Also if nothing else is said.
            trained.err shouldBe "device cpu by $file\nthreads 2 by SPARRING_THREADS\n"
            val facts = run.resolve("run.json").readText()
            facts shouldContain "\"threads 2 by SPARRING_THREADS\""
            facts shouldContain "\"device cpu by $file\""
            facts shouldContain "\"threads\" : \"2\""

            val sweep = bench.file("sweep.yaml", "recipe: small.yaml\nseeds: 2")
            val out = bench.path("sweep")
            val words = arrayOf<Any>("sweep", sweep, "--out", out, "--set", "train.steps=1")
            val swept = sparring(mapOf("SPARRING_JOBS" to "2"), "threads=4\nengine=nd4j\n", *words)
            swept.code shouldBe 0
            for (seed in 1..2) {
                val own = out.resolve("base/seed-$seed/run.json").readText()
                own shouldContain "\"threads\" : \"2\""
                own shouldContain "\"engine\" : \"nd4j\""
                own shouldContain "\"engine nd4j by $file\""
            }
            // Children have none of their own.
            swept.err shouldNotContain "seed 1: engine nd4j by"
        }

        "children are told all, and read none" {
            val command = ChildJvm.command(3, listOf("train"))
            command.shouldContainAll("-Dsparring.defaults=none", "-Dsparring.threads=3")
        }

        "threads and a portable run exclude each other, and what was typed wins" {
            val threads = mapOf("SPARRING_THREADS" to "4")
            val portable = mapOf("SPARRING_PORTABLE" to "true")
            val check = arrayOf<Any>("check", recipe)
            sparring(threads, "", *check, "--portable").err shouldBe
                "threads 4 by SPARRING_THREADS counts for nothing with --portable\n"
            sparring(threads, "portable=true\n", *check).err shouldStartWith
                "sparring: threads 4 by SPARRING_THREADS, portable true by $file: a portable run " +
                    "has 1 thread; leave one of the two out; see: "
            val typed = arrayOf<Any>("bench", recipe, "--threads", 2, "--rounds", 0)
            sparring(portable, "", *typed).err shouldStartWith
                "portable true by SPARRING_PORTABLE counts for nothing with --threads\n--rounds must"
        }

        "a bench compares engines, and a repeated run is its own measure" {
            val variables = mapOf("SPARRING_ENGINE" to "nd4j", "SPARRING_THREADS" to "2")
            sparring(variables, "", "bench", "--rounds", 0).err shouldBe
                "threads 2 by SPARRING_THREADS\n--rounds must be 1 to 1000, got 0\n"
            val none = bench.path("none")
            sparring(variables, "", "reproduce", none).err shouldStartWith "$none: no run here"
        }

        "what is unknown or wrong is refused in one line that names its place" -
            {
                val see = "; see: sparring check --help\n"
                for ((variables, config, message) in
                    listOf(
                        Triple(
                            mapOf("SPARRING_ENGNE" to "nd4j"),
                            "",
                            "'SPARRING_ENGNE' is no option with a default; did you mean " +
                                "'SPARRING_ENGINE'?",
                        ),
                        Triple(
                            mapOf(),
                            "engin=nd4j",
                            "$file: 'engin' is no option with a default; did you mean 'engine'?",
                        ),
                        Triple(
                            mapOf(),
                            "colour=red",
                            "$file: 'colour' is no option with a default; there is engine, " +
                                "device, threads, portable, jobs, quiet",
                        ),
                        Triple(
                            mapOf("SPARRING_THREADS" to "many"),
                            "",
                            "SPARRING_THREADS: must be 1 to 9999, got 'many'",
                        ),
                        Triple(
                            mapOf(),
                            "engine=tocrh",
                            "$file: engine: no engine 'tocrh' on the class path; there is nd4j, " +
                                "torch; did you mean 'torch'?",
                        ),
                        Triple(
                            mapOf(),
                            "device=tpu",
                            "$file: device: unknown device 'tpu': expected cpu, cuda or cuda:INDEX",
                        ),
                        Triple(
                            mapOf("SPARRING_PORTABLE" to "yes"),
                            "",
                            "SPARRING_PORTABLE: must be true or false, got 'yes'",
                        ),
                        Triple(
                            mapOf(),
                            "engine=torch\nengine=nd4j",
                            "$file: engine is there twice; leave one out",
                        ),
                    )) {
                    message {
                        sparring(variables, config, "check", recipe) shouldBe
                            Outcome(2, "", "sparring: $message$see")
                        // Help is there all the same.
                        sparring(variables, config, "check", "--help").code shouldBe 0
                        sparring(variables, config, "help").code shouldBe 0
                    }
                }
            }

        "what is no option of ours is none of our business" {
            val variables =
                mapOf(
                    "SPARRING_JAVA_OPTS" to "-Xmx4g",
                    "SPARRING_CLASSPATH" to "a.jar",
                    "SPARRING_KEEP_IMAGES" to "false",
                    "SPARRING_CLASS_DATA" to "false",
                    "SPARING_ENGINE" to "x",
                )
            sparring(variables, "", "check", recipe).err shouldBe ""
        }
    })
