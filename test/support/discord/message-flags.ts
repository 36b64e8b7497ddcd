import { MessageFlags } from 'discord.js';

export const EPHEMERAL: number = MessageFlags.Ephemeral;
export const LOADING: number = MessageFlags.Loading;
export const PANEL: number = MessageFlags.IsComponentsV2;
