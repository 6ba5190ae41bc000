package dev.sparring.script

import dev.sparring.dsl.DefaultImports
import dev.sparring.dsl.GanDsl
import dev.sparring.recipe.Recipe
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.lang.reflect.ParameterizedType
import java.lang.reflect.WildcardType
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.isDirectory
import kotlin.io.path.name
import kotlin.io.path.toPath
import kotlin.streams.asSequence

/** The words that scripts know, as the compiled library declares them. Read only for messages. */
internal object ScriptWords {
    /** Functions and properties of no scope, and the members of every script. */
    private val everywhere: List<Class<*>> by lazy {
        classes(GanDsl::class.java, "dev.sparring.dsl") { it.endsWith("Kt") } +
            GanScript::class.java
    }

    /** The types that scripts need not import. */
    val types: Map<String, Class<*>> by lazy {
        (DefaultImports.packages.flatMap { pack ->
                classes(Recipe::class.java, pack) { '$' !in it }
            } + blocks.values + blocks.values.flatMap(::parents))
            .filter { Modifier.isPublic(it.modifiers) }
            .associateBy { it.simpleName }
    }

    /** The scopes of blocks, by the word before the brace, the outer ones first. */
    val blocks: Map<String, Class<*>> by lazy {
        val found = LinkedHashMap<String, Class<*>>()
        val open = ArrayDeque(everywhere)
        while (open.isNotEmpty()) {
            val more =
                open
                    .removeFirst()
                    .methods
                    .sortedBy { it.name }
                    .mapNotNull { method -> scopeOf(method)?.let { method.name to it } }
            for ((word, scope) in more.filter { '$' !in it.first && it.first !in found }) {
                if (scope !in found.values) open.addLast(scope)
                found[word] = scope
            }
        }
        found
    }

    /** The words inside a scope, or outside of all where it is null. */
    fun of(scope: Class<*>?): Set<String> =
        methods(scope).map { word(it) }.filter { '$' !in it && '-' !in it }.toSet() + KOTLIN

    /** The words of a scope alone. */
    fun own(scope: Class<*>): Set<String> = scope.methods.map(::word).toSet()

    /** The names of the settings of a function. */
    fun settings(function: String, scope: Class<*>?): Set<String> =
        methods(scope)
            .filter { it.name == function }
            .flatMap { method -> method.parameters.filter { it.isNamePresent }.map { it.name } }
            .toSet()

    /** What stands after a type and a dot. */
    fun inside(type: Class<*>): Set<String> =
        (type.methods.filter { Modifier.isStatic(it.modifiers) }.map { it.name } +
                type.fields.map { it.name } +
                type.classes.map { it.simpleName })
            .toSet()

    private fun methods(scope: Class<*>?): List<Method> =
        (everywhere + listOfNotNull(scope))
            .flatMap { it.methods.toList() }
            .filter { !it.isSynthetic && it.declaringClass != Any::class.java }

    private fun parents(scope: Class<*>) =
        generateSequence(scope.superclass) { it.superclass }
            .filter { it.isAnnotationPresent(GanDsl::class.java) }

    private fun word(method: Method): String {
        val name = method.name
        val isProperty =
            name.length > 3 && name.take(3) in listOf("get", "set") && name[3].isUpperCase()
        return if (isProperty) name[3].lowercase() + name.substring(4) else name
    }

    /** The receiver of the block that a function takes, if there is one. */
    private fun scopeOf(method: Method): Class<*>? =
        method.genericParameterTypes
            .filterIsInstance<ParameterizedType>()
            .filter { it.rawType == Function1::class.java }
            .map { it.actualTypeArguments[0] }
            .map { if (it is WildcardType) it.lowerBounds.firstOrNull() else it }
            .filterIsInstance<Class<*>>()
            .lastOrNull { it.isAnnotationPresent(GanDsl::class.java) }

    /** The public classes of a package, from where another of its classes comes. */
    private fun classes(beside: Class<*>, pack: String, isMeant: (String) -> Boolean) =
        names(beside.protectionDomain.codeSource.location.toURI().toPath(), pack)
            .filter(isMeant)
            .map { Class.forName("$pack.$it", false, beside.classLoader) }

    private fun names(root: Path, pack: String): List<String> {
        fun list(folder: Path): List<String> {
            if (!folder.isDirectory()) return emptyList()
            return Files.list(folder).use { files ->
                files
                    .asSequence()
                    .map { it.name }
                    .filter { it.endsWith(".class") && !it.endsWith("-info.class") }
                    .map { it.removeSuffix(".class") }
                    .sorted()
                    .toList()
            }
        }
        val inside = pack.replace('.', '/')
        return if (root.isDirectory()) list(root.resolve(inside))
        else FileSystems.newFileSystem(root).use { list(it.getPath("/$inside")) }
    }

    /** Of Kotlin's own words those that recipes use. */
    private val KOTLIN = setOf("listOf", "repeat", "println", "arrayOf", "mapOf", "to", "buildList")
}
