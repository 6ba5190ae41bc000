package dev.sparring.jupyter

import java.io.File
import java.lang.reflect.Proxy
import kotlin.reflect.KMutableProperty1
import kotlin.reflect.full.declaredMemberProperties
import kotlin.reflect.full.withNullability
import kotlin.script.experimental.api.ResultValue
import kotlin.script.experimental.api.ResultWithDiagnostics
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.ScriptEvaluationConfiguration
import kotlin.script.experimental.api.compilerOptions
import kotlin.script.experimental.api.defaultImports
import kotlin.script.experimental.host.toScriptSource
import kotlin.script.experimental.jvm.baseClassLoader
import kotlin.script.experimental.jvm.jvm
import kotlin.script.experimental.jvm.updateClasspath
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.jetbrains.kotlin.com.intellij.openapi.util.Disposer
import org.jetbrains.kotlin.scripting.compiler.plugin.impl.K2ReplCompiler
import org.jetbrains.kotlin.scripting.compiler.plugin.impl.K2ReplEvaluator
import org.jetbrains.kotlin.scripting.compiler.plugin.impl.ScriptDiagnosticsMessageCollector
import org.jetbrains.kotlinx.jupyter.api.CodeCell
import org.jetbrains.kotlinx.jupyter.api.DisplayResult
import org.jetbrains.kotlinx.jupyter.api.FieldValue
import org.jetbrains.kotlinx.jupyter.api.KotlinKernelHost
import org.jetbrains.kotlinx.jupyter.api.MimeTypedResult
import org.jetbrains.kotlinx.jupyter.api.Notebook
import org.jetbrains.kotlinx.jupyter.api.VariableDeclaration
import org.jetbrains.kotlinx.jupyter.api.libraries.ExecutionHost
import org.jetbrains.kotlinx.jupyter.api.libraries.LibraryDefinition
import org.jetbrains.kotlinx.jupyter.api.libraries.LibraryDefinitionProducer

/**
 * What a kernel does with cells and with this library, by the kernel's API: it reads
 * `libraries.json`, adds the imports, declares variables, compiles cells by Kotlin's REPL, which is
 * that of kernels, and renders values by the library's renderers.
 */
class NotebookKernel : AutoCloseable {
    /** What a cell shows: [id] of what can be updated, null for its result. */
    class Output(val id: String?, val isUpdate: Boolean, val data: MimeTypedResult)

    private val root = Disposer.newDisposable()
    private var cell: CodeCell = newCell()
    private val notebook = stub<Notebook> { if (it == "getCurrentCell") cell else null }
    private val libraries: List<LibraryDefinition> =
        javaClass.classLoader
            .getResources("META-INF/kotlin-jupyter-libraries/libraries.json")
            .asSequence()
            .flatMap { Json.parseToJsonElement(it.readText()).jsonObject["producers"]!!.jsonArray }
            .map { Class.forName(it.jsonObject["fqn"]!!.jsonPrimitive.content) }
            .map { it.getDeclaredConstructor().newInstance() as LibraryDefinitionProducer }
            .flatMap { it.getDefinitions(notebook) }
            .toList()
    private val compilation = ScriptCompilationConfiguration {
        defaultImports(libraries.flatMap { it.imports })
        jvm { updateClasspath(classPath()) }
        compilerOptions("-jvm-target", "17")
    }
    private val compiler =
        K2ReplCompiler(
            K2ReplCompiler.createCompilationState(
                ScriptDiagnosticsMessageCollector(null),
                root,
                compilation,
            )
        )
    private val evaluator = K2ReplEvaluator()
    private val evaluation = ScriptEvaluationConfiguration {
        jvm { baseClassLoader(NotebookKernel::class.java.classLoader) }
    }
    private var snippets = 0

    /** What cells have shown since this was emptied. */
    val outputs: MutableList<Output> = java.util.Collections.synchronizedList(mutableListOf())

    private val host: KotlinKernelHost =
        object : KotlinKernelHost by stub({ null }) {
            override fun display(value: Any, id: String?) {
                outputs += Output(id, false, value as MimeTypedResult)
            }

            override fun updateDisplay(value: Any, id: String?) {
                outputs += Output(id, true, value as MimeTypedResult)
            }

            // As kernels do it.
            override fun declare(variables: Iterable<VariableDeclaration>) {
                for (it in variables) {
                    val type = it.type.withNullability(true)
                    val holder =
                        evaluate("object Declared { var ${it.name}: $type = null }\nDeclared")!!
                    @Suppress("UNCHECKED_CAST")
                    val property =
                        holder::class.declaredMemberProperties.first { p -> p.name == it.name }
                            as KMutableProperty1<Any, Any?>
                    property.set(holder, it.value)
                    evaluate("val ${it.name}: ${it.type} = Declared.${it.name} as ${it.type}")
                }
            }
        }

    init {
        libraries.forEach { library -> library.init.forEach { it(host) } }
    }

    /** Executes a cell; its last output is its result, if it has one. */
    fun run(code: String): List<Output> {
        outputs.clear()
        cell = newCell()
        val value =
            try {
                evaluate(code)
            } catch (e: Exception) {
                rendered(e)
            }
        if (value != null && value != Unit) outputs += Output(null, false, rendered(value))
        return outputs.toList()
    }

    private fun rendered(value: Any): MimeTypedResult {
        if (value is DisplayResult) return value as MimeTypedResult
        val renderer =
            libraries.flatMap { it.renderers }.firstOrNull { it.accepts(value) }
                ?: return MimeTypedResult(mapOf("text/plain" to "$value"), false, null)
        val executor = stub<ExecutionHost> { null }
        return renderer.execution.execute(executor, FieldValue(value, null)).value
            as MimeTypedResult
    }

    private fun rendered(e: Exception): Any =
        libraries.flatMap { it.throwableRenderers }.firstOrNull { it.accepts(e) }?.render(e)
            ?: throw e

    private fun evaluate(code: String): Any? = runBlocking {
        val source = code.toScriptSource("Cell_${++snippets}.jupyter.kts")
        val compiled = compiler.compile(listOf(source), compilation).orFail()
        val result = evaluator.eval(compiled, evaluation).orFail().get().result
        when (result) {
            is ResultValue.Value -> result.value
            is ResultValue.Error -> throw result.error
            else -> null
        }
    }

    private fun <T> ResultWithDiagnostics<T>.orFail(): T =
        when (this) {
            is ResultWithDiagnostics.Success -> value
            is ResultWithDiagnostics.Failure ->
                throw AssertionError(reports.joinToString("\n") { it.render() })
        }

    private fun newCell() = stub<CodeCell> { null }

    /** The library and what it offers; not the engines' native halves. */
    private fun classPath() =
        System.getProperty("java.class.path").split(File.pathSeparator).map(::File).filterNot {
            Regex("linux|macosx|windows").containsMatchIn(it.name)
        }

    override fun close() {
        Disposer.dispose(root)
    }

    private companion object {
        /** An object of which little is asked. */
        inline fun <reified T : Any> stub(noinline answer: (String) -> Any?): T =
            Proxy.newProxyInstance(T::class.java.classLoader, arrayOf(T::class.java)) {
                proxy,
                method,
                arguments ->
                when (method.name) {
                    "equals" -> proxy === arguments[0]
                    "hashCode" -> System.identityHashCode(proxy)
                    "toString" -> T::class.simpleName
                    else ->
                        answer(method.name)
                            ?: throw UnsupportedOperationException("${T::class}.${method.name}")
                }
            } as T
    }
}
