package io.github.smartaug.nn;

import org.bytedeco.pytorch.ClassType;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueArrayRef;
import org.bytedeco.pytorch.Obj;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch.TypeKind;

/**
 * Whether the values of a module are of the types that its code was compiled for. libtorch does not
 * compare them when it reads a file, and takes one object for another where they differ.
 */
final class ScriptTypes {
  private ScriptTypes() {}

  /**
   * Rejects an attribute of another type than its class says.
   *
   * @throws IllegalArgumentException that names the attribute
   */
  static void require(String name, Type declared, IValue value) {
    if (!fits(declared, value)) {
      throw new IllegalArgumentException(
          "attribute \"%s\" is a %s, allowed: %s as in the code of the file"
              .formatted(name, value.tagKind().getString(), declared.str().getString()));
    }
  }

  private static boolean fits(Type declared, IValue value) {
    TypeKind kind = declared.kind().intern();
    return switch (kind) {
      case TensorType -> value.isTensor();
      case IntType -> value.isInt();
      case FloatType -> value.isDouble();
      case BoolType -> value.isBool();
      case StringType -> value.isString();
      case NoneType -> value.isNone();
      case OptionalType -> value.isNone() || fits(declared.containedType(0).get(), value);
      case ListType -> value.isList() && listFits(declared.containedType(0).get(), value);
      case TupleType -> value.isTuple() && tupleFits(declared, value);
      case DictType -> value.isGenericDict();
      case ClassType, InterfaceType -> value.isObject() && objectFits(declared, value.toObject());
      case DeviceObjType -> value.isDevice();
      case EnumType -> value.isEnum();
      default -> !value.isObject();
    };
  }

  private static boolean listFits(Type element, IValue value) {
    IValueArrayRef list = value.toListRef();
    for (long i = 0; i < list.size(); i++) {
      if (!fits(element, list.at(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean tupleFits(Type declared, IValue value) {
    IValueArrayRef elements = value.toTuple().elements().asArrayRef();
    if (elements.size() != declared.containedTypeSize()) {
      return false;
    }
    for (long i = 0; i < elements.size(); i++) {
      if (!fits(declared.containedType(i).get(), elements.at(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean objectFits(Type declared, Obj object) {
    ClassType type = object.type();
    if (!type.isSubtypeOf(declared)) {
      return false;
    }
    for (long i = 0; i < type.numAttributes() && !type.is_module(); i++) {
      if (!fits(type.getAttribute(i).get(), object.getSlot(i))) {
        return false;
      }
    }
    return true;
  }
}
