package dev.sparring.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.util.JavacTask;
import dev.sparring.data.Ring;
import dev.sparring.init.FanRule;
import dev.sparring.init.Ones;
import dev.sparring.init.Zeros;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Relu;
import dev.sparring.norm.Sn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class GanTest {
  @Test
  void eachNetworkGetsItsSettings() {
    InitByKind kinds = InitByKind.initByKind().conv(Ones.ones());
    Recipe recipe =
        Gan.named("a")
            .data(Ring.ring())
            .generator(
                g ->
                    g.init(Ones.ones())
                        .biasInit(Zeros.zeros())
                        .latent(5)
                        .noise(Latent.UNIFORM)
                        .fans(FanRule.PYTORCH)
                        .layers(Dense.dense(3))
                        .layers(Relu.relu(), Dense.dense(2)))
            .discriminator(
                d -> d.norm(Sn.sn()).packing(2).pool(7).initByKind(kinds).layers(Dense.dense(1)))
            .build();
    assertEquals(
        new Generator(
            5,
            Latent.UNIFORM,
            Ones.ones(),
            Zeros.zeros(),
            InitByKind.initByKind(),
            FanRule.PYTORCH,
            Generator.generator(List.of()).norm(),
            List.of(Dense.dense(3), Relu.relu(), Dense.dense(2))),
        recipe.generator());
    assertEquals(
        new Discriminator(2, 7, null, null, null, kinds, null, Sn.sn(), List.of(Dense.dense(1))),
        recipe.discriminator());
  }

  @Test
  void aBuilderHasTheSettingsOfItsNetworkOnly() {
    assertEquals(List.of(), errors("gan.generator(g -> g.norm(sn()).latent(5).noise(NORMAL))"));
    assertEquals(List.of(), errors("gan.discriminator(d -> d.norm(sn()).packing(2).pool(5))"));
    missing("latent(int)", "DiscriminatorBuilder", "gan.discriminator(d -> d.latent(5))");
    missing(
        "latent(int)", "DiscriminatorBuilder", "gan.discriminator(d -> d.norm(sn()).latent(5))");
    missing(
        "noise(dev.sparring.recipe.Latent)",
        "DiscriminatorBuilder",
        "gan.discriminator(d -> d.noise(NORMAL))");
    missing("packing(int)", "GeneratorBuilder", "gan.generator(g -> g.packing(2))");
    missing("pool(int)", "GeneratorBuilder", "gan.generator(g -> g.layers().pool(2))");
  }

  private static void missing(String method, String builder, String code) {
    List<String> errors = errors(code);
    assertEquals(1, errors.size(), errors::toString);
    assertEquals(
        List.of("cannot find symbol", "method " + method, builder),
        errors
            .get(0)
            .lines()
            .map(line -> line.replaceAll("^ *(symbol: *|location:.*[ .])", ""))
            .toList(),
        code);
  }

  private static List<String> errors(String code) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String text =
        "import static dev.sparring.norm.Sn.sn; import static dev.sparring.recipe.Latent.NORMAL;"
            + " class A { void a(dev.sparring.recipe.Gan gan) { "
            + code
            + "; } }";
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
    try {
      // Writes no files.
      ((JavacTask) compiler.getTask(null, null, found, options, null, List.of(source))).analyze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.getDiagnostics().stream()
        .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
        .map(d -> d.getMessage(Locale.ENGLISH))
        .toList();
  }
}
