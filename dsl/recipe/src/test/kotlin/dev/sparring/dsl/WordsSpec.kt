package dev.sparring.dsl

import dev.sparring.dsl.text.RecordSchema
import dev.sparring.layer.Layer
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.Train
import dev.sparring.setting.Affects
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldHaveAtLeastSize
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.toPath
import kotlin.random.Random
import kotlin.reflect.KFunction
import kotlin.reflect.full.memberFunctions
import kotlin.reflect.jvm.isAccessible
import kotlin.reflect.jvm.kotlinFunction

/** Text and DSL have the same words and settings, whatever layers are added. */
class WordsSpec :
    FreeSpec({
        val alternatives =
            records(builtIn.of(Recipe::class.java))
                .map { builtIn.of(it) }
                .filter { it.word != null }

        "every setting of the loop says what it affects" {
            val schema = builtIn.of(Train::class.java as Class<out Record>)
            schema.settings.filter { it.aspect == null }.map { it.name }.shouldBeEmpty()
        }

        "every optimizer's limit of gradients says what it affects" {
            val limits = alternatives.mapNotNull { it.setting("clipNorm") }
            limits shouldHaveAtLeastSize 4
            limits.map { it.aspect }.toSet() shouldBe setOf(Affects.Aspect.REGULARIZATION)
        }

        "the model has words" { alternatives shouldHaveAtLeastSize 40 }

        for (form in alternatives) {
            "${form.type.simpleName}: ${form.word}(...) takes its defaults from the record" {
                val function = dslFunction(form).shouldNotBeNull()
                val required = plausible(form)
                called(function, required) shouldBe form.make(required)
            }

            "${form.type.simpleName}: ${form.word}(...) has every setting by name" {
                val names = dslFunction(form)!!.parameters.mapNotNull { it.name }
                // Layers come last, in braces.
                val (braces, brackets) =
                    (form.required + (form.settings - form.required.toSet()))
                        .map { it.name }
                        .partition { name -> dslFunction(form)!!.lambda(name) }
                names shouldBe brackets + braces.sortedBy { it in form.required.map { it.name } }
            }

            if (form.required.isEmpty() && !Layer::class.java.isAssignableFrom(form.type)) {
                "${form.type.simpleName}: ${form.word} without brackets is the same" {
                    properties().filter { it.first == form.word }.map { it.second } shouldContain
                        form.make(emptyMap())
                }
            }
        }
    })

private fun plausible(form: RecordSchema): Map<String, Any?> {
    val random = RandomRecipes(Random(2))
    repeat(10_000) {
        val values = form.required.associate { it.name to random.value(it.schema) }
        if (runCatching { form.make(values) }.isSuccess) return values
    }
    error("no values for ${form.type}")
}

/** The function of the layers' scope or of the package that creates such a record. */
private fun dslFunction(form: RecordSchema): KFunction<*>? {
    if (Layer::class.java.isAssignableFrom(form.type)) {
        return LayersScope::class.memberFunctions.find { it.name == form.word }
    }
    return facades()
        .flatMap { it.declaredMethods.toList() }
        .filter { it.name == form.word && it.returnType == form.type }
        .mapNotNull { it.kotlinFunction }
        .singleOrNull()
}

private fun called(function: KFunction<*>, required: Map<String, Any?>): Any? {
    function.isAccessible = true
    val scope = DiscriminatorScope(packing = 1, pool = 0, sites = null)
    val arguments =
        function.parameters
            .filter { it.name == null || it.name in required }
            .associateWith { parameter ->
                val value = if (parameter.name == null) scope else required[parameter.name]
                when {
                    parameter.isVararg -> (value as List<*>).map { it as Int }.toIntArray()
                    function.lambda(parameter.name) -> adding(value as List<*>)
                    else -> value
                }
            }
    val result = function.callBy(arguments)
    return if (result is Record) result else scope.layers.single()
}

private fun KFunction<*>.lambda(parameter: String?) =
    parameters.single { it.name == parameter }.type.classifier == Function1::class

/** What a lambda of layers or of paths does. */
private fun adding(values: List<*>): (Any) -> Unit = { scope ->
    for (value in values) {
        if (scope is BranchesScope) scope.path { (value as List<*>).forEach { +(it as Layer) } }
        else with(scope as BasicLayersScope) { +(value as Layer) }
    }
}

/** The package's properties, by name. */
private fun properties(): List<Pair<String, Any>> =
    facades()
        .flatMap { it.declaredMethods.toList() }
        .filter { it.name.startsWith("get") && it.parameterCount == 0 }
        .map { it.name.removePrefix("get").replaceFirstChar(Char::lowercase) to it.invoke(null) }

/** The classes of the package's files. */
private fun facades(): List<Class<*>> {
    val classes = GanDsl::class.java.protectionDomain.codeSource.location.toURI().toPath()
    return classes.resolve("dev/sparring/dsl").listDirectoryEntries("*Kt.class").map {
        Class.forName("dev.sparring.dsl.${it.name.removeSuffix(".class")}")
    }
}
