//! `f.call(…)` of functions, beside `o.call("method")` of openBIS's.
use std::any::TypeId;
use std::sync::Arc;

use rhai::plugin::RhaiFunc;
use rhai::{Dynamic, EvalAltResult, FnPtr, FuncRegistration, Module, NativeCallContext};

use crate::script::engine::CALL;

/// So many arguments a function is called with at most.
const MOST: usize = 12;

/// The language's own `call`, under the name that leaves the word to us as well.
pub(super) fn module() -> Module {
    let mut module = Module::new();
    for count in 0..=MOST {
        let own = [TypeId::of::<FnPtr>()].into_iter().chain(any(count));
        let own: Vec<TypeId> = own.collect();
        registration().set_into_module_raw(&mut module, own, native(invoke));
        let bound = [TypeId::of::<Dynamic>(), TypeId::of::<FnPtr>()];
        let bound: Vec<TypeId> = bound.into_iter().chain(any(count)).collect();
        registration().set_into_module_raw(&mut module, bound, native(invoke_bound));
    }
    module
}

fn registration() -> FuncRegistration {
    let lines = [
        "/// Calls a function by its pointer; before the dot may stand what `this` is.",
        "///",
        "/// ```rhai",
        "/// let twice = |x| x * 2;",
        "/// assert_eq(twice.call(21), 42);",
        "/// ```",
    ];
    FuncRegistration::new(CALL)
        .with_params_info(["function: &mut FnPtr", "?"])
        .with_comments(lines)
}

fn any(count: usize) -> impl Iterator<Item = TypeId> {
    std::iter::repeat_n(TypeId::of::<Dynamic>(), count)
}

type Call = fn(&NativeCallContext<'_>, &mut [&mut Dynamic]) -> Outcome;

fn native(call: Call) -> RhaiFunc {
    let func = move |context: Option<NativeCallContext<'_>>,
                     args: &mut [&mut Dynamic]| {
        context.map_or(Ok(Dynamic::UNIT), |context| call(&context, args))
    };
    let (func, is_pure) = (Arc::new(func), true);
    RhaiFunc::Method { func, has_context: true, is_pure, is_volatile: true }
}

type Outcome = Result<Dynamic, Box<EvalAltResult>>;

fn invoke(context: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Outcome {
    let Some((function, args)) = args.split_first_mut() else { return Ok(Dynamic::UNIT) };
    let function = function.clone().cast::<FnPtr>();
    let args: Vec<Dynamic> = args.iter_mut().map(|arg| arg.take()).collect();
    function.call_raw(context, None, args)
}

fn invoke_bound(context: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Outcome {
    let [this, function, args @ ..] = args else { return Ok(Dynamic::UNIT) };
    let function = function.clone().cast::<FnPtr>();
    let args: Vec<Dynamic> = args.iter_mut().map(|arg| arg.take()).collect();
    function.call_raw(context, Some(this), args)
}
