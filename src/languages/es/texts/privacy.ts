/** Lo que la gente oye sobre lo que se guarda de ella. */
import type { privacy as english } from '../../en/texts/privacy.ts';

export const privacy: Record<keyof typeof english, string> = {
  'proof.summary': '{word}: una página con tus horas',
  'proof.link':
    'Esta es tu constancia: {url} Solo la ve quien tiene el enlace. Responde CONSTANCIA PÚBLICA para que cualquiera la encuentre, CONSTANCIA NO para quitarla.',
  'proof.public-link':
    'Esta es tu constancia: {url} Cualquiera la puede encontrar. Responde CONSTANCIA NO para quitarla.',
  'proof.public':
    'Tu constancia ya es pública, en el enlace que tienes. Responde CONSTANCIA NO para quitarla.',
  'proof.ended':
    'Quitamos tu constancia: su enlace ya no muestra nada. Responde CONSTANCIA para tener otra.',
  'proof.none': 'No tienes constancia. Responde CONSTANCIA para tener una.',
  'proof.no-page':
    'Esta ciudad no tiene páginas, así que no hay constancia. Responde HISTORIAL para ver tus créditos.',
  'refused.proof-there':
    'Ya tienes constancia: usa el enlace que mandamos. Responde CONSTANCIA NUEVA para otro enlace; el de antes se acaba.',
  'mydata.summary': '{word}: lo que guardamos de ti',
  'mydata.link':
    'Todo lo que guardamos de ti, por {minutes, number} minutos. El enlace sirve una vez; solo tú lo abres: {url}',
  'mydata.summed':
    'Guardamos: direcciones {addresses, number}, permisos {agreements, number}, mensajes {messages, number}, fotos sin usar {pictures, number}, créditos {credits, number}. Esta ciudad no tiene página web para verlo todo: pregunta a {contact}.',
  'forget.first':
    'Esto borra tu cuenta. Pierdes: créditos {credits, number}, códigos {codes, number}, tareas abiertas {tasks, number}, canales {addresses, number}. ¿La borramos? Responde SÍ o NO.',
  'forget.second':
    'No se puede deshacer. Lo que ya es público queda ahí, sin ti. ¿Es seguro? Responde SÍ para borrar todo ahora, NO para dejarlo.',
  'forget.copies':
    'Lo que borras queda hasta {days, number} días en copias de respaldo de nuestro alojamiento, que nadie mira.',
  'forget.kept': 'No se borró nada. Tu cuenta sigue igual. Responde TAREAS para ver qué hay.',
  'forget.done':
    'Borrado: mensajes {messages, number}, permisos {agreements, number}, fotos sin usar {pictures, number}, direcciones {addresses, number}. Perdiste: créditos {credits, number}, códigos {codes, number}, tareas {tasks, number}. Ya no te conocemos.',
  'forget.other-stays': 'La otra persona de este teléfono se queda.',
  'refused.forget-last-admin':
    'Eres la única persona que administra la ciudad. Primero invita a otra: INVITAR admin',
  'refused.forget-only-one':
    'Solo tú actúas por {name}. Primero pide a la ciudad que sume a otra persona. Responde AYUDA para ver a quién preguntar.',
};
