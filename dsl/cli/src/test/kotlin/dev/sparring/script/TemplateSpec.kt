package dev.sparring.script

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import kotlin.script.experimental.annotations.KotlinScript

class TemplateSpec :
    FreeSpec({
        "IntelliJ finds the definition of scripts on the class path by its file's name" {
            val folder = "META-INF/kotlin/script/templates"
            val names =
                GanScript::class.java.classLoader.getResources(folder).toList().flatMap { url ->
                    url.openStream().bufferedReader().readLines()
                }
            val own = "${GanScript::class.java.name}.classname"
            names shouldContain own
            val type = Class.forName(own.removeSuffix(".classname"))
            type.getAnnotation(KotlinScript::class.java).fileExtension shouldBe "gan.kts"
        }
    })
