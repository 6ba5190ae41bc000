package dev.sparring.torch;

import dev.sparring.extract.ExtractorException;
import dev.sparring.extract.ExtractorFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.GenericDict;
import org.bytedeco.pytorch.GenericDictIterator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TupleElements;

/** Finds the tensor of features in what a TorchScript module returns. */
final class ScriptOutput {
  private ScriptOutput() {}

  /**
   * The tensor itself; in a tuple or list, the one at the given index, by default the first; in a
   * dictionary, the one of the given name.
   *
   * @throws ExtractorException if there is no such tensor
   */
  static Tensor tensor(IValue given, ExtractorFile file) {
    Optional<String> wanted = file.output();
    if (given.isTensor()) {
      wanted.ifPresent(
          name -> {
            throw new ExtractorException(
                file.path() + ": no output '" + name + "'; it gives one tensor, without a name");
          });
      return given.toTensor();
    }
    IValue chosen = given;
    if (given.isTuple()) {
      TupleElements all = given.toTuple().elements();
      chosen = all.get(number(wanted, all.size(), file));
    } else if (given.isList()) {
      chosen = given.toListRef().get(number(wanted, given.toListRef().size(), file));
    } else if (given.isGenericDict()) {
      chosen = entry(wanted, given.toGenericDict(), file);
    }
    if (!chosen.isTensor()) {
      throw new ExtractorException(
          file.path()
              + ": gives "
              + chosen.tagKind().getString()
              + "; features are a tensor (N, d) or (N, d, h, w)");
    }
    return chosen.toTensor();
  }

  private static long number(Optional<String> wanted, long count, ExtractorFile file) {
    String text = wanted.orElse("0");
    if (!text.matches("\\d{1,9}") || Long.parseLong(text) >= count) {
      throw new ExtractorException(
          file.path()
              + ": no output '"
              + text
              + "'; outputs are numbered from 0 to "
              + (count - 1));
    }
    return Long.parseLong(text);
  }

  private static IValue entry(Optional<String> wanted, GenericDict all, ExtractorFile file) {
    if (wanted.isPresent()) {
      IValue key = new IValue(wanted.get());
      if (all.contains(key)) {
        return all.at(key);
      }
    }
    List<String> names = new ArrayList<>();
    GenericDictIterator end = all.end();
    for (GenericDictIterator i = all.begin(); i.notEquals(end); i.increment()) {
      IValue key = i.access().key();
      names.add(key.isString() ? key.toStringRef().getString() : key.tagKind().getString());
    }
    throw new ExtractorException(
        file.path()
            + wanted
                .map(name -> ": no output '" + name + "'; there is ")
                .orElse(": the output must be named, one of ")
            + String.join(", ", names));
  }
}
