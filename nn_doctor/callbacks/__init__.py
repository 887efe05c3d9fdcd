"""Live diagnoses inside other frameworks' training loops: one thin module each, imported only by who has them.

``nn_doctor.callbacks.keras``, ``nn_doctor.callbacks.lightning`` and ``nn_doctor.callbacks.transformers`` each have a
``DoctorCallback(stop_on=None, **options)``; ``options`` are those of ``nn_doctor.diagnose``.
"""
