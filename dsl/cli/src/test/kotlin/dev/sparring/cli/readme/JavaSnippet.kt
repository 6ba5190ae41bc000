package dev.sparring.cli.readme

import java.io.StringWriter
import java.net.URI
import java.net.URLClassLoader
import java.nio.file.Path
import javax.tools.JavaFileObject
import javax.tools.SimpleJavaFileObject
import javax.tools.ToolProvider

/** Compiles Java against what this test has on its class path. */
internal object JavaSnippet {
    /**
     * Compiles a class into a folder and loads it.
     *
     * @throws IllegalStateException with what the compiler says
     */
    fun load(name: String, source: String, folder: Path): Class<*> {
        val compiler = ToolProvider.getSystemJavaCompiler()
        val said = StringWriter()
        val options = listOf("-d", "$folder", "-cp", System.getProperty("java.class.path"))
        val file =
            object :
                SimpleJavaFileObject(
                    URI.create("string:///$name.java"),
                    JavaFileObject.Kind.SOURCE,
                ) {
                override fun getCharContent(ignoreEncodingErrors: Boolean) = source
            }
        val done = compiler.getTask(said, null, null, options, null, listOf(file)).call()
        check(done) { "$said" }
        val loader = URLClassLoader(arrayOf(folder.toUri().toURL()), javaClass.classLoader)
        return loader.loadClass(name)
    }
}
